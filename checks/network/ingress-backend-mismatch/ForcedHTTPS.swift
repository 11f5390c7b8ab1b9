import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// An agent that writes by http to a host for which an Ingress insists on https.
///
/// A client that follows the redirect arrives if it trusts the certificate; one that does not
/// drops what it sends.
struct ForcedHTTPS {
    let agent: Agent
    let target: RemoteWriteTarget
    let view: ClusterView
    let host: String

    static func all(of ingress: IngressObject, among views: [ClusterView]) -> [ForcedHTTPS] {
        let hosts = Set(ingress.routes.compactMap(\.host)).filter(ingress.insistsOnTLS)
        guard !hosts.isEmpty else { return [] }
        return views.flatMap { view in
            view.pipeline.agents.flatMap { agent in
                agent.remoteWrites.compactMap { target in
                    guard let endpoint = target.endpoint, endpoint.scheme == "http",
                        endpoint.port == 80, hosts.contains(endpoint.host)
                    else { return nil }
                    return ForcedHTTPS(
                        agent: agent, target: target, view: view, host: endpoint.host)
                }
            }
        }
    }

    func finding(on ingress: IngressObject, _ view: ClusterView) -> Finding {
        let follows = target.node?["follow_redirects"] ?? target.node?["followRedirects"]
        let isLost = follows?.bool == false
        return Finding(
            "the Ingress redirects \(host) to https, and \(agent.reference) writes to it by http"
                + (isLost ? " and follows no redirect" : ""),
            object: ingress.reference,
            at: (ingress.object.spec?.key("tls") ?? ingress.object.node).range,
            label: "https only", severity: isLost ? .warning : .info,
            confidence: isLost ? .likely : .possible,
            alsoAt: [Place(target.url.range, "http")],
            evidence: [
                EvidenceItem(
                    self.view.objectSource, "\(agent.reference) writes to \(target.url.value)",
                    command: agent.command(in: self.view))
            ],
            repair: Repair(
                text: "write to https://\(host), and let the agent trust the certificate")
        ).involving([agent.reference], of: self.view, seenFrom: view)
    }
}

extension IngressObject {
    /// Whether http is redirected: by Cilium and ingress-nginx for every host with a certificate,
    /// unless they are told otherwise (`ingress.cilium.io/force-https`, `ssl-redirect`).
    fileprivate func insistsOnTLS(for host: String) -> Bool {
        let (switchName, isKnown) =
            isCilium
            ? ("ingress.cilium.io/force-https", true)
            : ("nginx.ingress.kubernetes.io/ssl-redirect", className?.contains("nginx") == true)
        let stated = object.annotations[switchName]?.lowercased()
        let isRefused = ["false", "disabled"].contains(stated ?? "")
        let isForced =
            ["true", "enabled"].contains(stated ?? "") && isCilium
            || object.annotations["nginx.ingress.kubernetes.io/force-ssl-redirect"] == "true"
        return isForced || (isKnown && !isRefused && hasTLS(for: host))
    }
}
