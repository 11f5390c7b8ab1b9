import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// An address that was probed, where an HTTP server answers and takes no remote write.
struct TurnedAway {
    private let probe: ProbeRecord
    private let hop: ProbeRecord.Hop
    private let certainty: Certainty

    private enum Certainty {
        /// Agents are answered the same, or nothing stands between the address and receivers.
        case certain
        /// A name may lead elsewhere for the agents, and a proxy may ask for what only they send.
        case likely
        /// An Ingress may route by a host name that the probe did not send.
        case possible
    }

    // pkg/receive/handler.go: the one route.
    private static let path = "/api/v1/receive"

    /// Nil when the URL of an agent shows what is wrong, or when an Ingress that is known answers
    /// there, for its own host or for names that were not asked for.
    init?(_ probe: ProbeRecord, from view: ClusterView, among views: [ClusterView]) {
        let askers = views.flatMap { other in
            other.pipeline.agents.flatMap(\.remoteWrites).filter { $0.endpoint == probe.endpoint }
                .map { ($0, other) }
        }
        guard probe.isTurnedAway, let failure = probe.failure, probe.target?.kind != "Ingress",
            !askers.contains(where: { WrongAddress($0, from: $1, among: views) != nil }),
            !askers.isEmpty
                || !views.contains(where: { $0.pipeline.routesByName(probe.endpoint.host) })
        else { return nil }
        self.probe = probe
        hop = failure.hop
        let isNumeric = probe.endpoint.isNumeric
        let isSameAsked = isNumeric && askers.contains { target, _ in target.isPlain }
        if isSameAsked || Self.isDirect(probe, view, views) {
            certainty = .certain
        } else {
            certainty = isNumeric && askers.isEmpty ? .possible : .likely
        }
    }

    /// Whether the port of a Service leads straight to where receivers take writes.
    private static func isDirect(
        _ probe: ProbeRecord, _ view: ClusterView, _ views: [ClusterView]
    ) -> Bool {
        guard probe.endpoint.path == path,
            let destination = WriteDestination(of: probe.endpoint, from: view, among: views),
            let port = destination.port(of: probe.endpoint)
        else { return false }
        return destination.receivers.contains { group in
            group.remoteWritePort != nil && group.containerPort(of: port) == group.remoteWritePort
        }
    }

    /// An agent sends the write again where a 307 or 308 says, so that this may well arrive.
    private var isHandedOn: Bool { probe.failure?.kind == .redirected }

    func finding(_ view: ClusterView) -> Finding {
        let service = view.pipeline.services.first { $0.reference == probe.subject }
        let what = isHandedOn ? "is handed on" : "is turned away"
        let mayRoute =
            certainty == .possible && !isHandedOn
            ? "; an Ingress that routes by name answers the same to a bare address" : ""
        return Finding(
            "remote write to \(probe.endpoint) \(what): \(hop.detail)\(mayRoute)",
            object: probe.subject, at: service?.object.range,
            severity: isHandedOn ? .info : certainty == .certain ? nil : .warning,
            confidence: isHandedOn ? .possible : confidence,
            evidence: [
                EvidenceItem(
                    "probe", "\(hop.detail), seen from \(probe.seenFrom)", command: probe.command)
            ],
            repair: Repair(
                text: isHandedOn
                    ? "let the agents write where the answer points to"
                    : WriteAdvice.text(for: hop.detail)),
            about: service.map { [$0.reference] } ?? [])
    }

    private var confidence: Confidence {
        switch certainty {
        case .certain: .certain
        case .likely: .likely
        case .possible: .possible
        }
    }
}

extension RemoteWriteTarget {
    /// Whether nothing is known to be sent besides what a probe sends.
    fileprivate var isPlain: Bool {
        node != nil && headers.isEmpty
            && ["authorization", "basic_auth", "oauth2", "sigv4", "azuread", "proxy_url"]
                .allSatisfy { setting($0) == nil }
    }
}

extension EndpointAddress {
    /// Whether the host is an address, which means the same to everybody.
    fileprivate var isNumeric: Bool {
        host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
    }
}

extension Pipeline {
    /// Whether an Ingress answers at an address for certain names only, of which this is none.
    fileprivate func routesByName(_ host: String) -> Bool {
        ingresses.contains { ingress in
            !ingress.hosts.isEmpty && !ingress.hosts.contains(host)
                && (ingress.addresses.contains(host)
                    || services.contains {
                        $0.reference == ingress.generatedService
                            && $0.externalAddresses.contains(host)
                    })
        }
    }
}
