import KubernetesModel
import PipelineModel

extension RequiredFlow {
    /// The rule of a NetworkPolicy that allows it, and no more than it; nil when neither the other
    /// end nor the port is known.
    func rule(in namespace: String?) -> String? {
        let first = connections.first
        let ports = first?.port.map {
            "ports: [{port: \($0), protocol: \(first?.transport ?? "TCP")}]"
        }
        let who = peer(in: namespace).map {
            "\(direction == .ingress ? "from" : "to"): [{\($0)}]"
        }
        let parts = [who, ports].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// The other end, as a NetworkPolicy names it.
    private func peer(in namespace: String?) -> String? {
        if case .clients = purpose { return "ipBlock: {cidr: THE AGENTS' NETWORK}" }
        switch peers.first {
        case .pod(let labels, let place, _)?:
            let foreign = place == namespace ? nil : place
            let pods = (labels ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            let selectors = [
                foreign.map {
                    "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: \($0)}}"
                },
                pods.isEmpty
                    ? nil : "podSelector: {matchLabels: {\(pods.joined(separator: ", "))}}",
            ].compactMap(\.self)
            return selectors.isEmpty ? nil : selectors.joined(separator: ", ")
        case .outside(let address?, _)?:
            return "ipBlock: {cidr: \(address)/\(address.contains(":") ? 128 : 32)}"
        case .outside, .node, .ciliumIngress, nil: return nil
        }
    }
}
