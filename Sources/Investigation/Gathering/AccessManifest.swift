import Evidence
import KubernetesAPI
import KubernetesModel

/// The least rights with which a selection of checks loses nothing, as objects to apply.
///
/// Discovery needs none of its own: `system:discovery` grants it to whoever is authenticated.
package struct AccessManifest: Sendable {
    private let plan: GatheringPlan
    private let namespaces: [String]

    /// - Parameter namespaces: where to look; none stands for the whole cluster.
    package init(_ plan: GatheringPlan, namespaces: [String]) {
        self.plan = plan
        self.namespaces = namespaces
    }

    /// YAML documents: a ClusterRole, and a Role for each namespace that was named.
    package var yaml: String {
        guard !namespaces.isEmpty else {
            return Self.role("ClusterRole", namespace: nil, namespaced + clusterWide)
        }
        let roles = namespaces.map { Self.role("Role", namespace: $0, namespaced) }
        let cluster =
            clusterWide.isEmpty ? [] : [Self.role("ClusterRole", namespace: nil, clusterWide)]
        return (cluster + roles).joined(separator: "---\n")
    }

    private var namespaced: [RBACRule] {
        Self.lists(plan.resources.filter { $0.isNamespaced && $0 != .secrets }) + subresources
    }

    private var clusterWide: [RBACRule] { Self.lists(plan.resources.filter { !$0.isNamespaced }) }

    /// One rule for each group, as kubectl prints them.
    private static func lists(_ resources: Set<ResourceType>) -> [RBACRule] {
        Dictionary(grouping: resources, by: \.group).sorted { $0.key < $1.key }
            .map { group, resources in
                RBACRule(
                    apiGroups: [group], resources: resources.map(\.plural).sorted(),
                    verbs: ["list"])
            }
    }

    private var subresources: [RBACRule] {
        var read: [String] = []
        let sources = plan.sources
        if !sources.isDisjoint(with: [.logs, .agentLogs, .componentLogs]) {
            read.append("pods/log")
        }
        // Metrics and Thanos Query are asked through the API server's proxy.
        if !sources.isDisjoint(with: [.metrics, .query]) { read.append("pods/proxy") }
        // One Secret by its name, never a list of them.
        if plan.resources.contains(.secrets) { read.append("secrets") }
        return read.isEmpty ? [] : [RBACRule(apiGroups: [""], resources: read, verbs: ["get"])]
    }

    private static func role(_ kind: String, namespace: String?, _ rules: [RBACRule]) -> String {
        let place = namespace.map { ", namespace: \($0)" } ?? ""
        return """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: \(kind)
            metadata: {name: thanosctl\(place)}
            rules:\(rules.isEmpty ? " []" : "")

            """ + rules.map { "  \($0.yaml)\n" }.joined()
    }
}
