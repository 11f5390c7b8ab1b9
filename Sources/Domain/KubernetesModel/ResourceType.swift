/// A kind that the API serves, as its path names it.
package struct ResourceType: Sendable, Hashable, Comparable {
    package let group: String
    /// Versions in the order in which they are tried.
    package let versions: [String]
    package let plural: String
    package let kind: String
    package let isNamespaced: Bool

    package init(
        _ kind: String, _ plural: String, group: String = "", versions: [String] = ["v1"],
        isNamespaced: Bool = true
    ) {
        self.group = group
        self.versions = versions
        self.plural = plural
        self.kind = kind
        self.isNamespaced = isNamespaced
    }

    /// The way `kubectl auth can-i` names it: `statefulsets.apps`.
    package var qualifiedName: String { group.isEmpty ? plural : "\(plural).\(group)" }

    package static func < (left: Self, right: Self) -> Bool {
        (left.group, left.plural) < (right.group, right.plural)
    }
}

extension ResourceType {
    package static let pods = ResourceType("Pod", "pods")
    package static let services = ResourceType("Service", "services")
    package static let configMaps = ResourceType("ConfigMap", "configmaps")
    package static let secrets = ResourceType("Secret", "secrets")
    package static let claims = ResourceType("PersistentVolumeClaim", "persistentvolumeclaims")
    package static let nodes = ResourceType("Node", "nodes", isNamespaced: false)
    package static let statefulSets = ResourceType("StatefulSet", "statefulsets", group: "apps")
    package static let deployments = ResourceType("Deployment", "deployments", group: "apps")
    package static let daemonSets = ResourceType("DaemonSet", "daemonsets", group: "apps")
    package static let cronJobs = ResourceType("CronJob", "cronjobs", group: "batch")
    package static let endpointSlices = ResourceType(
        "EndpointSlice", "endpointslices", group: "discovery.k8s.io")
    package static let ingresses = ResourceType(
        "Ingress", "ingresses", group: "networking.k8s.io")
    package static let leases = ResourceType("Lease", "leases", group: "coordination.k8s.io")
    package static let loadBalancerIPPools = ResourceType(
        "CiliumLoadBalancerIPPool", "ciliumloadbalancerippools", group: "cilium.io",
        versions: ["v2", "v2alpha1"], isNamespaced: false)
    package static let l2AnnouncementPolicies = ResourceType(
        "CiliumL2AnnouncementPolicy", "ciliuml2announcementpolicies", group: "cilium.io",
        versions: ["v2alpha1", "v2"], isNamespaced: false)
    package static let bgpClusterConfigs = ResourceType(
        "CiliumBGPClusterConfig", "ciliumbgpclusterconfigs", group: "cilium.io",
        versions: ["v2", "v2alpha1"], isNamespaced: false)
    package static let bgpPeeringPolicies = ResourceType(
        "CiliumBGPPeeringPolicy", "ciliumbgppeeringpolicies", group: "cilium.io",
        versions: ["v2alpha1"], isNamespaced: false)
    package static let applications = ResourceType(
        "Application", "applications", group: "argoproj.io", versions: ["v1alpha1"])
    package static let prometheuses = ResourceType(
        "Prometheus", "prometheuses", group: "monitoring.coreos.com")
    package static let alertmanagers = ResourceType(
        "Alertmanager", "alertmanagers", group: "monitoring.coreos.com")

    package static let prometheusAgents = ResourceType(
        "PrometheusAgent", "prometheusagents", group: "monitoring.coreos.com",
        versions: ["v1alpha1"])
    package static let events = ResourceType("Event", "events")
    package static let serviceAccounts = ResourceType("ServiceAccount", "serviceaccounts")
    package static let namespaces = ResourceType("Namespace", "namespaces", isNamespaced: false)
    package static let volumes = ResourceType(
        "PersistentVolume", "persistentvolumes", isNamespaced: false)
    package static let storageClasses = ResourceType(
        "StorageClass", "storageclasses", group: "storage.k8s.io", isNamespaced: false)
    package static let csiDrivers = ResourceType(
        "CSIDriver", "csidrivers", group: "storage.k8s.io", isNamespaced: false)
    package static let networkPolicies = ResourceType(
        "NetworkPolicy", "networkpolicies", group: "networking.k8s.io")
    package static let ciliumNetworkPolicies = ResourceType(
        "CiliumNetworkPolicy", "ciliumnetworkpolicies", group: "cilium.io", versions: ["v2"])
    package static let ciliumClusterwideNetworkPolicies = ResourceType(
        "CiliumClusterwideNetworkPolicy", "ciliumclusterwidenetworkpolicies", group: "cilium.io",
        versions: ["v2"], isNamespaced: false)
    package static let disruptionBudgets = ResourceType(
        "PodDisruptionBudget", "poddisruptionbudgets", group: "policy")
    package static let autoscalers = ResourceType(
        "HorizontalPodAutoscaler", "horizontalpodautoscalers", group: "autoscaling",
        versions: ["v2", "v1"])
    package static let scaledObjects = ResourceType(
        "ScaledObject", "scaledobjects", group: "keda.sh", versions: ["v1alpha1"])
    package static let ingressClasses = ResourceType(
        "IngressClass", "ingressclasses", group: "networking.k8s.io", isNamespaced: false)
    package static let clusterRoles = ResourceType(
        "ClusterRole", "clusterroles", group: "rbac.authorization.k8s.io", isNamespaced: false)
    package static let clusterRoleBindings = ResourceType(
        "ClusterRoleBinding", "clusterrolebindings", group: "rbac.authorization.k8s.io",
        isNamespaced: false)
    package static let roles = ResourceType(
        "Role", "roles", group: "rbac.authorization.k8s.io")
    package static let roleBindings = ResourceType(
        "RoleBinding", "rolebindings", group: "rbac.authorization.k8s.io")

    /// Everything that a check may need from an API server.
    package static let all: [ResourceType] = [
        .pods, .services, .configMaps, .secrets, .claims, .nodes, .statefulSets, .deployments,
        .daemonSets, .cronJobs, .endpointSlices, .ingresses, .leases, .loadBalancerIPPools,
        .l2AnnouncementPolicies, .bgpClusterConfigs, .bgpPeeringPolicies, .applications,
        .prometheuses, .alertmanagers, .prometheusAgents, .events, .serviceAccounts, .namespaces,
        .volumes, .storageClasses, .csiDrivers, .networkPolicies, .ciliumNetworkPolicies,
        .ciliumClusterwideNetworkPolicies, .disruptionBudgets, .autoscalers, .scaledObjects,
        .ingressClasses, .clusterRoles, .clusterRoleBindings, .roles, .roleBindings,
    ]
}
