package import CurlHTTP
import Evidence
import KubernetesModel
package import NetworkProbes
import PipelineModel

/// Asks addresses and records what they answered, hop by hop.
package struct ProbeGatherer: Sendable {
    private let prober: Prober
    private let policy: ProbePolicy
    /// Names with addresses, so that they are not looked up.
    private let names: [String: String]

    package init(
        policy: ProbePolicy, transport: any HTTPTransport, version: String,
        limits: ProbeLimits = ProbeLimits(), names: [String: String] = [:],
        environment: [String: String] = [:]
    ) {
        self.policy = policy
        self.names = names
        prober = Prober(
            policy: policy, transport: transport, version: version, limits: limits,
            environment: environment)
    }

    func gather(_ plan: ProbePlan) async -> (probes: [ProbeRecord], missing: [MissingEvidence]) {
        guard policy.isEnabled else {
            let left = MissingEvidence(
                .forbidden, source: "probes", "probes were switched off (--no-probes)")
            return ([], plan.items.isEmpty ? plan.missing : plan.missing + [left])
        }
        let results = await prober.probe(
            plan.items.map {
                ProbeTarget(
                    url: $0.endpoint.description, purpose: Self.purpose($0.purpose),
                    addresses: addresses(for: $0))
            })
        let probes = zip(plan.items, results).map { ProbeRecord($0, $1) }
        return (probes, plan.missing + probes.compactMap(\.missing))
    }

    private func addresses(for item: ProbePlan.Item) -> [String: String] {
        guard let address = item.address else { return names }
        return names.merging([item.endpoint.host: address]) { _, known in known }
    }

    private static func purpose(_ purpose: ProbeRecord.Purpose) -> ProbePurpose {
        switch purpose {
        case .remoteWrite: .remoteWrite
        case .healthy: .health
        case .ready: .ready
        }
    }
}

extension ProbeRecord {
    fileprivate init(_ item: ProbePlan.Item, _ result: ProbeResult) {
        self.init(
            endpoint: item.endpoint, purpose: item.purpose, hops: result.hops.map(Hop.init),
            target: item.target, seenFrom: result.seenFrom, status: result.answer?.status)
    }

    /// What this probe leaves unknown: it never left, or it failed in a way that no check names.
    fileprivate var missing: MissingEvidence? {
        if isTurnedAway { return nil }
        for hop in hops {
            switch hop.outcome {
            case .notReachableFromHere:
                return MissingEvidence(
                    .unreachable, source: "probes",
                    "\(endpoint): not reachable from here: \(hop.detail)")
            case .failed(.refused), .passed:
                continue
            case .failed(.timedOut):
                return MissingEvidence(
                    .timedOut, source: "probes", "\(endpoint): \(hop.kind): \(hop.detail)")
            case .failed:
                return MissingEvidence(
                    .malformed, source: "probes", "\(endpoint): \(hop.kind): \(hop.detail)")
            case .skipped:
                guard hop.kind == .dns || hop.kind == .tcp, hops.count == 1 else { continue }
                return MissingEvidence(
                    .forbidden, source: "probes", "\(endpoint): \(hop.detail)")
            }
        }
        return nil
    }
}

extension ProbeRecord.Hop {
    fileprivate init(_ hop: ProbeHop) {
        let kind = ProbeRecord.HopKind(rawValue: hop.kind.rawValue) ?? .http
        let seconds =
            Double(hop.duration.components.attoseconds) / 1e18
            + Double(hop.duration.components.seconds)
        switch hop.outcome {
        case .passed(let detail):
            self.init(kind: kind, outcome: .passed, detail: detail, seconds: seconds)
        case .failed(let fault, let detail):
            self.init(
                kind: kind, outcome: .failed(ProbeRecord.Failure(fault)), detail: detail,
                seconds: seconds)
        case .skipped(let reason):
            self.init(kind: kind, outcome: .skipped, detail: reason, seconds: seconds)
        case .notReachableFromHere(let detail):
            self.init(
                kind: kind, outcome: .notReachableFromHere, detail: detail, seconds: seconds)
        }
    }
}

extension ProbeRecord.Failure {
    fileprivate init(_ fault: ProbeFault) {
        self =
            switch fault {
            case .nameUnknown: .nameNotFound
            case .refused: .refused
            case .reset: .reset
            case .noRoute: .noRoute
            case .timedOut: .timedOut
            case .tls(let kind): Self(tls: kind)
            case .notHTTP, .emptyReply, .brokenReply: .notHTTP
            case .notReady: .notReady
            case .tlsRequired: .plainTextNotSpoken
            case .wrongPath: .wrongPath
            case .redirected: .redirected
            case .unauthorized, .unexpectedStatus: .unexpectedStatus
            case .notPermitted, .other: .other
            }
    }

    private init(tls kind: TransportFailure.Kind) {
        self =
            switch kind {
            case .tlsExpired: .certificateExpired
            case .tlsNameMismatch: .certificateNameMismatch
            case .tlsUnknownAuthority: .certificateAuthorityUnknown
            case .tlsNotSpoken: .tlsNotSpoken
            case _: .tlsOther
            }
    }
}
