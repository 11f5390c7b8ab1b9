import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// Why a pool gives no addresses.
enum PoolFault {
    case disabled
    case conflicting(String)
    case overlaps(LoadBalancerIPPool, AddressBlock)
    /// Whether a Cilium is known to be there that has forgotten the field.
    case formerField(isGone: Bool)

    init?(
        _ pool: LoadBalancerIPPool, _ addressing: CiliumAddressing, _ served: Set<ServedKind>?,
        _ view: ClusterView
    ) {
        let rival = addressing.pools.first { other in
            other.object.name > pool.object.name && !other.isDisabled
                && other.blocks.contains { block in pool.blocks.contains(where: block.overlaps) }
        }
        if pool.isDisabled {
            self = .disabled
        } else if pool.isConflicting {
            let condition = pool.object.status?["conditions"].items.first {
                $0["type"]?.string?.hasSuffix("/PoolConflict") == true
            }
            self = .conflicting(condition?["message"]?.string ?? "it overlaps another pool")
        } else if !view.isCluster, pool.object.spec?["cidrs"] != nil,
            pool.object.spec?["blocks"] == nil
        {
            // Of a live pool a field that its Cilium does not know would not come back.
            // The version v2 of the kind came with Cilium 1.18.
            self = .formerField(
                isGone: pool.object.apiVersion == "cilium.io/v2"
                    || served?.contains {
                        $0.kind == "CiliumLoadBalancerIPPool" && $0.groupVersion == "cilium.io/v2"
                    } == true)
        } else if !view.isCluster, let rival,
            let block = rival.blocks.first(where: { pool.blocks.contains(where: $0.overlaps) })
        {
            self = .overlaps(rival, block)
        } else {
            return nil
        }
    }

    var text: String {
        switch self {
        case .disabled: "is disabled"
        case .conflicting(let message): "is in conflict: \(message)"
        case .overlaps(let other, let block): "overlaps \(other.object.name) in \(block.text)"
        case .formerField(let isGone):
            isGone
                ? "states spec.cidrs, a field that this Cilium no longer knows"
                : "states spec.cidrs, a field that Cilium no longer knows since 1.16"
        }
    }

    var advice: String {
        switch self {
        case .disabled: "set spec.disabled to false"
        case .conflicting, .overlaps: "take the addresses that both hold out of one of the pools"
        case .formerField: "rename spec.cidrs to spec.blocks"
        }
    }
}

extension PoolFault {
    /// Whether somebody wanted it so.
    var isSwitch: Bool { if case .disabled = self { true } else { false } }

    /// Cilium marks the newer of two pools, which a manifest does not tell.
    var isCertain: Bool {
        switch self {
        case .disabled, .conflicting: true
        case .overlaps: false
        case .formerField(let isGone): isGone
        }
    }
}
