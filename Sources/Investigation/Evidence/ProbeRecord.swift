package import KubernetesModel
package import PipelineModel

/// What one probe saw, hop by hop.
package struct ProbeRecord: Sendable {
    package enum Purpose: String, Sendable, Hashable { case remoteWrite, healthy, ready }

    package enum HopKind: String, Sendable { case dns, tcp, tls, http, handshake }

    package enum Outcome: Sendable, Hashable {
        case passed
        case failed(Failure)
        /// It failed before it left this host, which says nothing about the pipeline.
        case notReachableFromHere
        case skipped
    }

    package enum Failure: String, Sendable, Hashable {
        case nameNotFound, refused, reset, noRoute, timedOut
        case certificateExpired, certificateNameMismatch, certificateAuthorityUnknown
        case tlsNotSpoken, plainTextNotSpoken, tlsOther
        case notHTTP, unexpectedStatus, notReady, other
        /// Something answers, and it takes no remote write under this path.
        case wrongPath
        /// The answer names another address, to which the same write is sent again.
        case redirected
    }

    package struct Hop: Sendable {
        package let kind: HopKind
        package let outcome: Outcome
        /// One line for people.
        package let detail: String
        package let seconds: Double

        package init(kind: HopKind, outcome: Outcome, detail: String, seconds: Double) {
            self.kind = kind
            self.outcome = outcome
            self.detail = detail
            self.seconds = seconds
        }
    }

    package let endpoint: EndpointAddress
    package let purpose: Purpose
    package let hops: [Hop]
    /// The object whose address it is; nil for an address that the user typed.
    package let target: ObjectReference?
    package let seenFrom: String
    /// The HTTP status of the answer, when there was one.
    package let status: Int?

    package init(
        endpoint: EndpointAddress, purpose: Purpose, hops: [Hop], target: ObjectReference?,
        seenFrom: String, status: Int? = nil
    ) {
        self.endpoint = endpoint
        self.purpose = purpose
        self.hops = hops
        self.target = target
        self.seenFrom = seenFrom
        self.status = status
    }

    package var url: String { endpoint.description }

    /// The hop at which it failed.
    package var failure: (hop: Hop, kind: Failure)? {
        for hop in hops {
            if case .failed(let kind) = hop.outcome { return (hop, kind) }
        }
        return nil
    }

    /// Whether an HTTP server answered for sure that it takes no remote write here.
    package var isTurnedAway: Bool {
        guard purpose == .remoteWrite, let failure else { return false }
        return failure.kind == .wrongPath || failure.kind == .redirected
    }

    package var isNotReachableFromHere: Bool {
        hops.contains { $0.outcome == .notReachableFromHere }
    }

    /// The object that stands for the address in findings.
    package var subject: ObjectReference {
        target ?? ObjectReference(kind: "Endpoint", name: endpoint.description)
    }

    /// A command that shows the same.
    package var command: String {
        switch purpose {
        case .remoteWrite: "curl -sS -i -X POST --max-time 5 \(endpoint)"
        case .healthy, .ready: "curl -sS -i --max-time 5 \(endpoint)"
        }
    }
}
