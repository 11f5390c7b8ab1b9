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
        needs: .receiverIngresses, .receivers, .view,
        references: [
            "https://docs.cilium.io/en/stable/network/servicemesh/ingress/",
            "https://kubernetes.io/docs/concepts/services-networking/ingress/",
        ],
        examples: ingressBackendMismatchExamples
    ) { ingresses, _, view in
        ingresses.flatMap { ingress in
            ingress.backends.compactMap { finding($0.node, $0.service, of: ingress, view) }
        }
    }
}

/// A backend port that the Service in front of receivers does not have.
private func finding(
    _ name: Node, _ service: String, of ingress: IngressObject, _ view: ClusterView
) -> Finding? {
    let known = view.pipeline.receiverServices.first {
        $0.object.name == service && $0.namespace == ingress.object.namespace
    }
    guard let known, !known.ports.isEmpty, let port = ingress.port(ofBackendNamed: name),
        !known.ports.contains(where: { $0.number == port.int && port.int != nil })
    else { return nil }
    if port.int == nil, known.ports.contains(where: { $0.name == port.string }) { return nil }
    let offered = known.ports.map { $0.name ?? $0.number.map(String.init) ?? "?" }
    let text = port.scalarText ?? ""
    return Finding(
        "the Ingress sends to port \(text) of \(service), which offers "
            + offered.joined(separator: ", "),
        object: ingress.reference, at: port.range, label: "no such port",
        alsoAt: [Place(known.object.range, "offers \(offered.joined(separator: ", "))")],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", "\(known.reference) has no port \(text)",
                command: view.kubectl(
                    "describe ingress \(ingress.object.name)", namespace: ingress.object.namespace))
        ],
        repair: Repair(text: "name a port of \(service) that leads to --remote-write.address"),
        about: [known.reference]
            + view.pipeline.receivers(behind: known.reference).map(\.reference))
}

extension IngressObject {
    /// The number or the name of the port in the backend that a node names.
    fileprivate func port(ofBackendNamed name: Node) -> Node? {
        let paths = object.spec?["rules"].items.flatMap { $0["http"]?["paths"].items ?? [] } ?? []
        let all = paths.map { $0["backend"] } + [object.spec?["defaultBackend"]]
        let backend = all.compactMap { $0?["service"] }.first { $0["name"] == name }
        return backend?["port"]?["number"] ?? backend?["port"]?["name"]
    }
}
