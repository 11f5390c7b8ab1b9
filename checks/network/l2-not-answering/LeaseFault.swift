import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML

/// Why a Lease does not stand for a node that answers.
enum LeaseFault: Equatable {
    case switchedOff
    case notReplaced
    case absent
    case nobody
    case unknownNode(String)
    case lostNode(String)
    case stale(String, seconds: Int)

    /// Nil for a Lease that is fresh, or whose age cannot be told.
    init?(
        holder: String?, lease: KubernetesObject?, nodes: [KubernetesObject],
        configuration: KubernetesObject?, now: Double
    ) {
        if let lease, let holder, lease.isFresh(at: now),
            nodes.isEmpty || nodes.contains(where: { $0.name == holder && !$0.isLostNode })
        {
            // Somebody answers, whatever the ConfigMap says: a CiliumNodeConfig may outrank it.
            return nil
        }
        // Cilium's chart writes the key where it is on, and kube-proxy's replacement always.
        let data = configuration?.node["data"]
        if data != nil, data?["enable-l2-announcements"]?.scalarText != "true" {
            self = .switchedOff
            return
        }
        if data?["kube-proxy-replacement"]?.scalarText == "false" {
            self = .notReplaced
            return
        }
        guard let lease, let holder else {
            self = lease == nil ? .absent : .nobody
            return
        }
        if !nodes.isEmpty, !nodes.contains(where: { $0.name == holder }) {
            self = .unknownNode(holder)
            return
        }
        guard let renewed = lease.renewed, !lease.isFresh(at: now) else { return nil }
        let isLost = nodes.contains { $0.name == holder && $0.isLostNode }
        self = isLost ? .lostNode(holder) : .stale(holder, seconds: Int(min(now - renewed, 1e9)))
    }

    /// A Lease may be on its way, or be renewed by a clock that is wrong.
    var isCertain: Bool {
        switch self {
        case .switchedOff, .notReplaced, .unknownNode, .lostNode: true
        case .absent, .nobody, .stale: false
        }
    }

    var text: String {
        switch self {
        case .switchedOff: "enable-l2-announcements is not true in cilium-config"
        case .notReplaced: "kube-proxy-replacement is false in cilium-config"
        case .absent: "a policy selects the Service and no node has taken its Lease"
        case .nobody: "its Lease has no holder"
        case .unknownNode(let node): "its Lease is held by \(node), which is no node of the cluster"
        case .lostNode(let node): "its Lease is held by \(node), which is not Ready"
        case .stale(let node, let seconds):
            "its Lease was renewed by \(node) \(counted(seconds, "second")) ago"
        }
    }

    var advice: String {
        switch self {
        case .switchedOff: "set l2announcements.enabled=true in Cilium's Helm values"
        case .notReplaced: "set kubeProxyReplacement=true in Cilium's Helm values"
        case .lostNode(let node):
            "bring \(node) back, and see in the Cilium agents' logs why no other takes the Lease"
        case .absent, .nobody:
            "see in the Cilium agents' logs whether Leases are forbidden to them, and that "
                + "l2announcements.enabled and kubeProxyReplacement are true"
        case .unknownNode: "delete the Lease, so that a node that lives takes it"
        case .stale(let node, _):
            "delete the pod of the Cilium agent on \(node), and raise k8sClientRateLimit"
        }
    }
}

extension KubernetesObject {
    /// Whether a node says, or is said by its controller, not to be Ready.
    fileprivate var isLostNode: Bool {
        status?["conditions"].items.contains {
            $0["type"]?.string == "Ready" && $0["status"]?.string != "True"
        } ?? false
    }
}

extension KubernetesObject {
    /// When a Lease was renewed, in seconds since 1970.
    fileprivate var renewed: Double? {
        spec?["renewTime"]?.string.flatMap(Timestamp.seconds(rfc3339:))
    }

    fileprivate func isFresh(at now: Double) -> Bool {
        // Cilium's default lease lasts 15 s; a clock that differs a little is not a fault.
        let duration = spec?["leaseDurationSeconds"]?.int ?? 15
        return renewed.map { now - $0 <= Double(duration) + 300 } ?? false
    }
}
