/// A condition on one label, as it came; whether a pattern is valid is for the receiver to say.
package struct StoreMatcher: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case equal, notEqual, pattern, notPattern
    }

    package let kind: Kind
    package let name: String
    package let value: String

    package init(_ kind: Kind, _ name: String, _ value: String) {
        self.kind = kind
        self.name = name
        self.value = value
    }
}

/// A request for series; times in milliseconds, both inclusive.
package struct SeriesQuery: Hashable, Sendable {
    package let minTime: Int64
    package let maxTime: Int64
    package let matchers: [StoreMatcher]
    package let skipsChunks: Bool
    /// Labels that are removed before series are merged and sorted.
    package let withoutLabels: [String]
    /// The most series that are wanted; nil without a limit.
    package let limit: Int?
}

/// A request for the names or values of labels; times in milliseconds, both inclusive.
package struct LabelQuery: Hashable, Sendable {
    package let minTime: Int64
    package let maxTime: Int64
    package let matchers: [StoreMatcher]
    package let withoutLabels: [String]
    /// The most names or values that are wanted; nil without a limit.
    package let limit: Int?
}

extension SeriesQuery {
    init(_ request: Thanos_SeriesRequest) throws(CallFailure) {
        minTime = request.minTime
        maxTime = request.maxTime
        matchers = try [StoreMatcher](request.matchers)
        skipsChunks = request.skipChunks
        withoutLabels = request.withoutReplicaLabels
        limit = Int(limit: request.limit)
    }
}

extension LabelQuery {
    init(_ request: Thanos_LabelNamesRequest) throws(CallFailure) {
        minTime = request.start
        maxTime = request.end
        matchers = try [StoreMatcher](request.matchers)
        withoutLabels = request.withoutReplicaLabels
        limit = Int(limit: request.limit)
    }

    init(_ request: Thanos_LabelValuesRequest) throws(CallFailure) {
        minTime = request.start
        maxTime = request.end
        matchers = try [StoreMatcher](request.matchers)
        withoutLabels = request.withoutReplicaLabels
        limit = Int(limit: request.limit)
    }
}

extension Int {
    /// Zero and less mean that there is none.
    init?(limit: Int64) {
        guard limit > 0 else { return nil }
        self = Int(limit)
    }
}

extension [StoreMatcher] {
    init(_ matchers: [Thanos_LabelMatcher]) throws(CallFailure) {
        self = []
        for matcher in matchers {
            append(try StoreMatcher(matcher))
        }
    }
}

extension StoreMatcher {
    fileprivate init(_ matcher: Thanos_LabelMatcher) throws(CallFailure) {
        kind =
            switch matcher.type {
            case .eq: .equal
            case .neq: .notEqual
            case .re: .pattern
            case .nre: .notPattern
            case .UNRECOGNIZED(let type):
                throw CallFailure(
                    .invalidArgument, "unrecognized label matcher type \(type)")
            }
        name = matcher.name
        value = matcher.value
    }
}
