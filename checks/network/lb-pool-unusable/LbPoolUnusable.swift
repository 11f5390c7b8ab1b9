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
