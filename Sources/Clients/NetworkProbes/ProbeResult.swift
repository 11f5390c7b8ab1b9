package import CurlHTTP

/// One step on the way to a service.
package struct ProbeHop: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case dns, tcp, tls, http, handshake
    }

    package enum Outcome: Sendable, Hashable {
        case passed(String)
        case failed(ProbeFault, String)
        case skipped(String)
        /// This machine has no way there, so nothing is known about the target.
        case notReachableFromHere(String)
    }

    package var kind: Kind
    package var outcome: Outcome
    package var duration: Duration

    package init(_ kind: Kind, _ outcome: Outcome, duration: Duration = .zero) {
        self.kind = kind
        self.outcome = outcome
        self.duration = duration
    }
}

/// What went wrong in a hop.
package enum ProbeFault: Sendable, Hashable {
    case nameUnknown
    case refused
    case reset
    case noRoute
    case notPermitted
    case timedOut
    case tls(TransportFailure.Kind)
    case notHTTP
    case emptyReply
    /// The answer broke off, has no end or is otherwise malformed.
    case brokenReply
    /// 503: alive, and not ready to take writes.
    case notReady
    /// The port or path is another one: 404, 405, a web page, a redirect that drops the body.
    case wrongPath
    /// 307 or 308: the same request is to be sent elsewhere.
    case redirected
    /// 401 or 403.
    case unauthorized
    case tlsRequired
    case unexpectedStatus(Int)
    case other
}

/// What one probe found, hop by hop.
package struct ProbeResult: Sendable, Hashable {
    package var target: ProbeEndpoint
    package var purpose: ProbePurpose
    package var hops: [ProbeHop]
    /// The name of the machine that looked: `host NAME`.
    package var seenFrom: String
    /// Status and start of the body of the last HTTP answer.
    package var answer: ProbeAnswer?
    /// What the server showed, with its dates; `nil` without TLS.
    package var certificate: PeerCertificate?

    package init(
        target: ProbeEndpoint, purpose: ProbePurpose, hops: [ProbeHop], seenFrom: String,
        answer: ProbeAnswer? = nil, certificate: PeerCertificate? = nil
    ) {
        self.target = target
        self.purpose = purpose
        self.hops = hops
        self.seenFrom = seenFrom
        self.answer = answer
        self.certificate = certificate
    }

    /// Every hop that was tried passed, and at least one was.
    package var isPassed: Bool {
        var tried = 0
        for hop in hops {
            switch hop.outcome {
            case .passed: tried += 1
            case .skipped: continue
            case .failed, .notReachableFromHere: return false
            }
        }
        return tried > 0
    }

    /// The hop at which the way ends, if it does.
    package var firstFailure: ProbeHop? {
        hops.first {
            switch $0.outcome {
            case .failed, .notReachableFromHere: true
            case .passed, .skipped: false
            }
        }
    }
}

/// An HTTP answer as far as it is kept for a report.
package struct ProbeAnswer: Sendable, Hashable {
    package var status: Int
    /// At most 500 bytes, without control characters.
    package var body: String

    package init(status: Int, body: String) {
        self.status = status
        self.body = body
    }
}
