import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let lbPoolUnusable = Check(
        "lb-pool-unusable",
        severity: .error,
        stage: .preRollout,
        summary: "A Cilium address pool exists and cannot serve a Service",
        why: """
            A pool that is disabled, that overlaps another one, or that states its addresses in a \
            field that Cilium no longer knows gives no address to anybody. The Service that waits \
            for one says no more than "pending".
            """,
        fix: """
            Enable the pool, take the overlapping addresses out of one of the pools, and state \
            addresses in spec.blocks: spec.cidrs was removed in Cilium 1.16.
            """,
        needs: .ciliumAddressing, .optional(.servedKinds), .view,
        references: [
            "https://docs.cilium.io/en/stable/network/lb-ipam/",
            "https://github.com/cilium/cilium/issues/28590",
        ],
        examples: lbPoolUnusableExamples
    ) { addressing, served, view in
        let pools = addressing.pools.filter { pool in
            addressing.receiverServices.contains(where: pool.serves)
                || view.pipeline.receiverIngresses.contains {
                    $0.isCilium && pool.serves($0.generatedServiceLabels)
                }
        }
        return pools.compactMap { pool in
            guard let fault = PoolFault(pool, addressing, served, view) else { return nil }
            return finding(pool, fault, addressing, view)
        }
    }
}

/// Why a pool gives no addresses.
private enum PoolFault {
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
        } else if pool.object.spec?["cidrs"] != nil, pool.object.spec?["blocks"] == nil {
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

private func finding(
    _ pool: LoadBalancerIPPool, _ fault: PoolFault, _ addressing: CiliumAddressing,
    _ view: ClusterView
) -> Finding {
    let waiting = addressing.receiverServices.filter(pool.serves)
    // Another pool may serve the same Services, and one that has its address keeps it.
    let isServed = waiting.allSatisfy { service in
        !service.assignedAddresses.isEmpty
            || addressing.pools.contains {
                $0.reference != pool.reference && $0.isInUse && $0.serves(service)
            }
    }
    let isCertain = view.isComplete(kind: "CiliumLoadBalancerIPPool") && fault.isCertain
    let severity: Severity? =
        isServed ? (fault.isSwitch ? .info : .warning) : isCertain ? nil : .warning
    let spec = pool.object.spec
    var range = pool.blocksRange
    var edits: [TextEdit?] = []
    switch fault {
    case .disabled:
        if let disabled = spec?["disabled"] {
            range = disabled.range
            edits = [.replacing(disabled, with: "false")]
        }
    case .formerField:
        if let key = spec?.key("cidrs") {
            range = key.range
            edits = [.replacing(key, with: "blocks")]
        }
    case .conflicting, .overlaps: break
    }
    var places: [Place] = []
    if case .overlaps(let other, _) = fault {
        places = [Place(other.blocksRange, "holds them too")]
    }
    return Finding(
        "pool \(pool.object.name) \(fault.text)", object: pool.reference, at: range,
        label: "gives no addresses", severity: severity,
        confidence: isCertain ? .certain : .likely, alsoAt: places,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", "the pool \(fault.text)",
                command: view.kubectl("get ciliumloadbalancerippool \(pool.object.name) -o yaml"))
        ],
        repair: Repair(edits: edits, text: fault.advice), about: waiting.map(\.reference))
}

extension PoolFault {
    /// Whether somebody wanted it so.
    fileprivate var isSwitch: Bool { if case .disabled = self { true } else { false } }

    /// Cilium marks the newer of two pools, which a manifest does not tell.
    fileprivate var isCertain: Bool {
        switch self {
        case .disabled, .conflicting: true
        case .overlaps: false
        case .formerField(let isGone): isGone
        }
    }
}
