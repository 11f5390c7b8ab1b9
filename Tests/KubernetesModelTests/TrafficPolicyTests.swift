import KubernetesModel
import MarkedYAML
import Testing

@Suite("Network policies")
struct TrafficPolicyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let rules: String
        let peer: NetworkPeer
        var port = 19291
        let passes: Truth
        var testDescription: String { "\(rules) \(peer) \(port)" }
    }

    private static let agent = NetworkPeer.pod(
        labels: ["app": "agent"], namespace: "edge", namespaceLabels: ["team": "a"])
    private static let somePod = NetworkPeer.pod(
        labels: nil, namespace: nil, namespaceLabels: nil)
    private static let world = NetworkPeer.outside(address: nil, name: nil)

    @Test(
        "of Kubernetes let through what a rule names",
        arguments: [
            Row(rules: "ingress: []", peer: agent, passes: .no),
            Row(rules: "ingress: [{}]", peer: world, passes: .yes),
            Row(rules: "ingress: [{ports: [{port: 19291}]}]", peer: world, passes: .yes),
            Row(rules: "ingress: [{ports: [{port: 80}]}]", peer: world, passes: .no),
            Row(
                rules: "ingress: [{ports: [{port: 19000, endPort: 19999}]}]", peer: world,
                passes: .yes),
            Row(
                rules: "ingress: [{ports: [{port: 19291, protocol: UDP}]}]", peer: world,
                passes: .no),
            Row(rules: "ingress: [{ports: [{port: write}]}]", peer: world, passes: .unknown),
            Row(rules: "ingress: [{from: [{podSelector: {}}]}]", peer: agent, passes: .no),
            Row(rules: "ingress: [{from: [{namespaceSelector: {}}]}]", peer: agent, passes: .yes),
            Row(rules: "ingress: [{from: [{namespaceSelector: {}}]}]", peer: world, passes: .no),
            Row(
                rules: "ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]",
                peer: agent, passes: .yes),
            Row(
                rules: "ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]",
                peer: somePod, passes: .unknown),
            Row(
                rules: "ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]", peer: world,
                passes: .yes),
            Row(
                rules: "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}]",
                peer: .outside(address: "10.1.2.3", name: nil), passes: .no),
            Row(rules: "policyTypes: [Egress]", peer: world, passes: .yes),
        ])
    func kubernetes(row: Row) throws {
        #expect(
            try answer("networking.k8s.io/v1", "NetworkPolicy", "podSelector", row) == row.passes)
    }

    @Test(
        "of Cilium let through what a rule names",
        arguments: [
            Row(rules: "ingress: []", peer: world, passes: .yes),
            Row(rules: "ingress: [{}]", peer: agent, passes: .no),
            Row(rules: "ingress: [{fromEndpoints: [{}]}]", peer: agent, passes: .no),
            Row(
                rules: "ingress: [{fromEndpoints: "
                    + "[{matchLabels: {\"k8s:io.kubernetes.pod.namespace\": edge}}]}]",
                peer: agent, passes: .yes),
            Row(rules: "ingress: [{fromEntities: [world]}]", peer: world, passes: .yes),
            Row(rules: "ingress: [{fromEntities: [cluster]}]", peer: world, passes: .no),
            Row(rules: "ingress: [{fromEntities: [cluster]}]", peer: .ciliumIngress, passes: .yes),
            Row(
                rules: "ingress: [{toPorts: [{ports: [{port: \"19291\"}]}]}]", peer: world,
                passes: .yes),
            Row(
                rules: "ingress: [{fromEntities: [all]}]\n  ingressDeny: [{fromEntities: [world]}]",
                peer: world, passes: .no),
            Row(
                rules: "enableDefaultDeny: {ingress: false}\n  ingress: [{}]", peer: world,
                passes: .yes),
        ])
    func cilium(row: Row) throws {
        #expect(
            try answer("cilium.io/v2", "CiliumNetworkPolicy", "endpointSelector", row)
                == row.passes)
    }

    private func answer(
        _ version: String, _ kind: String, _ selector: String, _ row: Row
    ) throws -> Truth {
        let object = try #require(
            objects(
                """
                apiVersion: \(version)
                kind: \(kind)
                metadata: {name: p, namespace: monitoring}
                spec:
                  \(selector): {matchLabels: {app: receiver}}
                  \(row.rules)
                """
            ).first)
        let pod = NetworkPeer.pod(
            labels: ["app": "receiver"], namespace: "monitoring", namespaceLabels: nil)
        return TrafficPolicy.all(in: object).answer(
            to: Connection(port: row.port), .ingress, at: pod, with: row.peer
        ).passes
    }
}
