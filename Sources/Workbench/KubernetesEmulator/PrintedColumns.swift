/// Which columns a kind is printed with.
enum PrintedColumns {
    static func of(_ kind: ResourceKind) -> [PrintedColumn] {
        switch (kind.group, kind.kind) {
        case ("", "Pod"): pod
        case ("", "Service"): service
        case ("", "Endpoints"): endpoints
        case ("", "ConfigMap"): configMap
        case ("", "Secret"): secret
        case ("", "Event"): event
        case ("", "Node"): node
        case ("", "Namespace"): namespace
        case ("", "PersistentVolumeClaim"): claim
        case ("", "PersistentVolume"): volume
        case ("apps", "StatefulSet"): statefulSet
        case ("apps", "Deployment"): deployment
        case ("apps", "DaemonSet"): daemonSet
        case ("apps", "ReplicaSet"): replicaSet
        case ("networking.k8s.io", "Ingress"): ingress
        case ("networking.k8s.io", "IngressClass"): ingressClass
        case ("discovery.k8s.io", "EndpointSlice"): endpointSlice
        case ("policy", "PodDisruptionBudget"): disruptionBudget
        case ("storage.k8s.io", "StorageClass"): storageClass
        case ("cilium.io", "CiliumLoadBalancerIPPool"): addressPool
        case ("argoproj.io", "Application"): application
        case ("monitoring.coreos.com", "Prometheus"), ("monitoring.coreos.com", "PrometheusAgent"):
            prometheus
        case ("monitoring.coreos.com", "Alertmanager"): alertmanager
        default: kind.isCustom ? [.name, .customAge] : [.name, .age]
        }
    }
}

// MARK: - Custom resources, as their CRDs declare `additionalPrinterColumns`

extension PrintedColumns {
    static let addressPool: [PrintedColumn] = [
        .name,
        .custom("Disabled", type: "boolean", "spec", "disabled"),
        .condition("Conflicting", of: "cilium.io/PoolConflict", "status"),
        .condition("IPs Available", of: "cilium.io/IPsAvailable", "message"),
        .customAge,
    ]

    static let application: [PrintedColumn] = [
        .name,
        .custom("Sync Status", "status", "sync", "status"),
        .custom("Health Status", "status", "health", "status"),
        .custom("Revision", priority: 10, "status", "sync", "revision"),
        .custom("Project", priority: 10, "spec", "project"),
    ]

    static let prometheus: [PrintedColumn] = [
        .name,
        .custom("Version", "spec", "version"),
        .custom("Desired", type: "integer", "spec", "replicas"),
        .custom("Ready", type: "integer", "status", "availableReplicas"),
        .condition("Reconciled", of: "Reconciled", "status"),
        .condition("Available", of: "Available", "status"),
        .customAge,
        .custom("Paused", type: "boolean", priority: 1, "status", "paused"),
    ]

    static let alertmanager: [PrintedColumn] = [
        .name,
        .custom("Version", "spec", "version"),
        .custom("Replicas", type: "integer", "spec", "replicas"),
        .custom("Ready", type: "integer", "status", "availableReplicas"),
        .condition("Reconciled", of: "Reconciled", "status"),
        .condition("Available", of: "Available", "status"),
        .customAge,
        .custom("Paused", type: "boolean", priority: 1, "status", "paused"),
    ]
}
