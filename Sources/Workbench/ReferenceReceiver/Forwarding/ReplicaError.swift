/// Why one replica did not take its share of a request.
struct ReplicaError: Error, Hashable, Sendable {
    /// What it counts as when replies are combined; what counts as nothing is unknown.
    struct Causes: OptionSet, Hashable, Sendable {
        let rawValue: UInt8

        /// The samples contradict what is stored.
        static let conflict = Causes(rawValue: 1)
        static let notReady = Causes(rawValue: 2)
        static let unavailable = Causes(rawValue: 4)
        /// The time for the whole request is over.
        static let deadline = Causes(rawValue: 8)
    }

    let causes: Causes
    let reasons: ReasonSet

    var text: String { reasons.text }
}

extension ReplicaError {
    /// A call that failed.
    init(calling endpoint: PeerEndpoint, _ failure: ForwardFailure) {
        switch failure.code {
        case "AlreadyExists": causes = .conflict
        // Thanos asks for both classes with the same code.
        case "Unavailable": causes = [.notReady, .unavailable]
        // A peer answers its own timeouts with Internal: this one is ours.
        case "DeadlineExceeded": causes = .deadline
        default: causes = []
        }
        reasons = [
            "forwarding request to endpoint \(endpoint): "
                + "rpc error: code = \(failure.code) desc = \(failure.message)"
        ]
    }

    /// A peer that is left alone for a while because it was unavailable.
    static func backingOff(_ endpoint: PeerEndpoint, replica: Int) -> ReplicaError {
        ReplicaError(
            causes: .unavailable,
            reasons: [
                "backing off forward request for endpoint {\(endpoint) \(replica)}: "
                    + "target not available"
            ])
    }

    /// A peer for which too much waits; Thanos would let memory grow instead.
    static func overloaded(_ endpoint: PeerEndpoint, replica: Int) -> ReplicaError {
        ReplicaError(
            causes: .unavailable,
            reasons: [
                "too many forward requests wait for endpoint {\(endpoint) \(replica)}: "
                    + "target not available"
            ])
    }
}
