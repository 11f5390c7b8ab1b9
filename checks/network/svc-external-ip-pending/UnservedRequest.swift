import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// Requested addresses that no pool of these manifests can give.
func unavailable(
    _ service: ServiceObject, _ addressing: CiliumAddressing, _ view: ClusterView
) -> [Finding] {
    let pools = addressing.pools.filter { $0.isInUse && $0.serves(service) }
    guard !pools.isEmpty else { return unserved(service, addressing, view) }
    let isProven = view.isComplete(kind: "CiliumLoadBalancerIPPool")
    return service.requestedAddresses.filter { address in
        !address.value.contains(":") && !pools.contains { $0.contains(address.value) }
    }.map { address in
        let names = pools.map(\.object.name).joined(separator: ", ")
        return Finding(
            "the Service asks for \(address.value), which is in no pool that serves it (\(names))",
            object: service.reference, at: address.range, label: "outside every pool",
            severity: isProven ? nil : .warning, confidence: isProven ? .certain : .likely,
            alsoAt: pools.map { Place($0.blocksRange, "the addresses of \($0.object.name)") },
            evidence: [
                EvidenceItem(
                    "manifest", "pools \(names) do not hold \(address.value)",
                    command: view.kubectl("get ciliumloadbalancerippool"))
            ],
            repair: Repair(text: "ask for an address of the pool, or add this one to its blocks"))
    }
}

/// A Service for which these manifests have pools, and none of them is for it.
private func unserved(
    _ service: ServiceObject, _ addressing: CiliumAddressing, _ view: ClusterView
) -> [Finding] {
    let pools = addressing.pools.filter(\.isInUse)
    guard let pool = pools.first, view.isComplete(kind: "CiliumLoadBalancerIPPool") else {
        return []
    }
    let names = pools.map(\.object.name).joined(separator: ", ")
    return [
        Finding(
            "no pool here serves the Service: the serviceSelector of \(names) does not match its "
                + "labels",
            object: service.reference, at: service.object.range, label: "waits for an address",
            severity: .warning, confidence: .likely,
            alsoAt: [
                Place(
                    pool.object.spec?.key("serviceSelector")?.range ?? pool.object.range,
                    "selects others")
            ],
            evidence: [
                EvidenceItem(
                    "manifest", "the pools \(names) do not select \(service.reference)",
                    command: view.kubectl("get ciliumloadbalancerippool"))
            ],
            repair: Repair(text: "let a pool's serviceSelector match the Service's labels"))
    ]
}
