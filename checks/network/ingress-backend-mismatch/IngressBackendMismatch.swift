import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let ingressBackendMismatch = Check(
        "ingress-backend-mismatch",
        severity: .error,
        stage: .preRollout,
        summary: "An Ingress sends to the wrong Service, port or path",
        why: """
            Remote write is one path on one port. A backend port that the Service does not have \
            answers 503, and a path that the receiver does not know answers 404, on which agents \
            drop what they send.
            """,
        fix: """
            Let a rule with path /api/v1/receive and pathType Prefix send to the receivers' Service \
            on the port that leads to --remote-write.address.
            """,
        needs: .receiverIngresses, .receivers, .allViews, .ifConfigured(.probes), .view,
        references: [
            "https://docs.cilium.io/en/stable/network/servicemesh/ingress/",
            "https://kubernetes.io/docs/concepts/services-networking/ingress/",
        ],
        examples: ingressBackendMismatchExamples
    ) { ingresses, _, views, probes, view in
        ingresses.filter { !$0.onlyRedirects }.flatMap { ingress in
            let bypassing = BypassedRules.all(
                of: ingress, among: view.pipeline.ingresses, view.isCluster ? views : [view])
            let reached = view.isCluster ? views.filter(\.isCluster) : [view]
            let found =
                ingress.routes.compactMap { misled($0, of: ingress, view) }
                + bypassing.prefix(1).map { bypassed($0, ingress, view) }
            guard found.isEmpty else { return found }
            let answered = (probes ?? []).lazy.filter { $0.target == ingress.reference }
                .compactMap { turnedAway($0, ingress, view) }.first
            if let answered { return [answered] }
            return ForcedHTTPS.all(of: ingress, among: reached).prefix(1).map {
                $0.finding(on: ingress, view)
            }
        }
    }
}

/// A route that leads to receivers and not to where they take writes.
private func misled(
    _ route: IngressRoute, of ingress: IngressObject, _ view: ClusterView
) -> Finding? {
    guard let target = view.pipeline.target(of: route, in: ingress),
        let fault = RouteFault(route, of: ingress, to: target)
    else { return nil }
    return Finding(
        fault.message, object: ingress.reference, at: fault.range, label: fault.label,
        severity: fault.isCertain ? nil : .warning,
        confidence: fault.isCertain ? .certain : .likely,
        alsoAt: [Place(target.service.object.range, "the receivers' Service")],
        evidence: [
            EvidenceItem(view.objectSource, fault.message, command: description(ingress, view))
        ],
        repair: Repair(edits: fault.edits, text: fault.advice),
        about: [target.service.reference] + target.receivers.map(\.reference))
}

/// An agent that names the address where the rules want the host.
private func bypassed(
    _ bypass: BypassedRules, _ ingress: IngressObject, _ view: ClusterView
) -> Finding {
    let url = bypass.target.endpoint?.description ?? ""
    let host = bypass.hosts.first ?? ""
    return Finding(
        "the Ingress answers only to \(bypass.hosts.joined(separator: ", ")), and "
            + "\(bypass.agent.reference) writes to \(url)",
        object: ingress.reference, at: ingress.rulesRange,
        label: "for these hosts alone",
        alsoAt: [Place(bypass.target.url.range, "names the address")],
        evidence: [
            EvidenceItem(
                bypass.view.objectSource, "\(bypass.agent.reference) writes to \(url)",
                command: bypass.agent.command(in: bypass.view)),
            EvidenceItem(
                view.objectSource, "its rules name the host \(host)",
                command: description(ingress, view)),
        ],
        repair: Repair(text: "write to \(host), or leave host out of a rule")
    ).involving(
        [bypass.agent.reference] + bypass.agent.pods.map(\.reference), of: bypass.view,
        seenFrom: view)
}

/// What the Ingress answered instead of the receivers.
private func turnedAway(
    _ probe: ProbeRecord, _ ingress: IngressObject, _ view: ClusterView
) -> Finding? {
    guard probe.isTurnedAway, let (hop, failure) = probe.failure else { return nil }
    // A 307 or 308 sends the same write elsewhere, where it may well arrive.
    let isHandedOn = failure == .redirected
    return Finding(
        "a write to \(probe.endpoint) \(isHandedOn ? "is handed on" : "is turned away"): "
            + hop.detail,
        object: ingress.reference, at: ingress.rulesRange,
        label: isHandedOn ? "sends writes elsewhere" : "no rule takes writes",
        severity: isHandedOn ? .info : nil, confidence: isHandedOn ? .possible : .certain,
        evidence: [
            EvidenceItem(
                "probe", "\(hop.detail), seen from \(probe.seenFrom)", command: probe.command)
        ],
        repair: Repair(
            text: isHandedOn
                ? "let agents write to the address that it redirects to"
                : "let a rule with path /api/v1/receive and pathType Prefix send to the "
                    + "receivers' port of remote write"),
        about: view.pipeline.receivers.map(\.reference))
}

private func description(_ ingress: IngressObject, _ view: ClusterView) -> String {
    view.kubectl(
        "describe ingress \(ingress.object.name)", namespace: ingress.object.namespace)
}

extension IngressObject {
    /// Whether nothing ever reaches the backends that its rules must name all the same
    /// (`nginx.ingress.kubernetes.io/permanent-redirect` and its like).
    fileprivate var onlyRedirects: Bool {
        object.annotations.keys.contains { key in
            key.hasSuffix("/permanent-redirect") || key.hasSuffix("/temporal-redirect")
        }
    }

    fileprivate var rulesRange: SourceRange {
        object.spec?.key("rules")?.range ?? object.range
    }
}
