import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let lbPoolExhausted = Check(
        "lb-pool-exhausted",
        severity: .error,
        stage: .preRollout,
        summary: "The pool of load-balancer addresses has none left",
        why: """
            Every LoadBalancer Service takes one address, and so does every Cilium Ingress in its \
            default, dedicated mode. What comes last waits for ever, and nothing says so.
            """,
        fix: """
            Widen the pool's blocks, let Services share an address with \
            lbipam.cilium.io/sharing-key, put the Ingress into shared mode, or remove what \
            needs no address of its own.
            """,
        needs: .ciliumAddressing, .view,
        references: [
            "https://docs.cilium.io/en/stable/network/lb-ipam/",
            "https://docs.cilium.io/en/stable/network/servicemesh/ingress/",
        ],
        examples: lbPoolExhaustedExamples
    ) { addressing, view in
        addressing.pools.filter(\.isInUse).compactMap { pool in
            view.isCluster
                ? live(pool, addressing, view) : planned(pool, addressing, view)
        }
    }
}

private func live(
    _ pool: LoadBalancerIPPool, _ addressing: CiliumAddressing, _ view: ClusterView
) -> Finding? {
    let served = addressing.services.filter(pool.serves)
    guard servesReceivers(pool, addressing, view) else { return nil }
    let waiting = served.filter { service in
        service.assignedAddresses.isEmpty && !addressing.hasRoom(for: service, besides: pool)
            && (service.refusalReason.map { $0 == "out_of_ips" } ?? (pool.available == 0))
    }
    guard !waiting.isEmpty || pool.available == 0 else { return nil }
    let holders = served.filter { $0.assignedAddresses.contains(where: pool.contains) }
    return finding(
        pool, size: pool.total ?? pool.capacity, holders: holders.map(\.reference),
        waiting: waiting.map(\.reference), view)
}

/// Whether the pool matters to the pipeline: it serves a Service of it, or an Ingress.
private func servesReceivers(
    _ pool: LoadBalancerIPPool, _ addressing: CiliumAddressing, _ view: ClusterView
) -> Bool {
    addressing.receiverServices.contains(where: pool.serves)
        || view.pipeline.receiverIngresses.contains {
            $0.isCilium && pool.serves($0.generatedServiceLabels)
        }
}

private func planned(
    _ pool: LoadBalancerIPPool, _ addressing: CiliumAddressing, _ view: ClusterView
) -> Finding? {
    guard let capacity = pool.capacity, servesReceivers(pool, addressing, view) else { return nil }
    let demand = AddressDemand(on: [pool], in: addressing)
    // Who is served by several pools takes an address of any of them.
    let pools = addressing.pools.filter { other in
        other.isInUse && (other.reference == pool.reference || demand.isServed(by: other))
    }
    guard !pools.contains(where: { $0.capacity == nil }) else { return nil }
    let total = pools.compactMap(\.capacity).reduce(0, +)
    let wanted = AddressDemand(on: pools, in: addressing).addresses
    guard pools.count == 1 || wanted > total else { return nil }
    guard wanted >= total, wanted > 0 else { return nil }
    let split = min(capacity, demand.references.count)
    return finding(
        pool, size: total, holders: Array(demand.references[..<split]),
        waiting: wanted > total ? Array(demand.references[split...]) : [], view)
}

private func finding(
    _ pool: LoadBalancerIPPool, size: Int?, holders: [ObjectReference],
    waiting: [ObjectReference], _ view: ClusterView
) -> Finding {
    let count = size.map { counted($0, "address", "addresses") } ?? "no address left"
    let held = holders.isEmpty ? "" : ", held by \(names(holders))"
    let message =
        waiting.isEmpty
        ? "all of pool \(pool.object.name) is in use (\(count)\(held)): "
            + "the next LoadBalancer Service will wait"
        : "pool \(pool.object.name) has \(count)\(held), and \(names(waiting)) "
            + (waiting.count == 1 ? "waits for one" : "wait for one")
    let ingresses = view.pipeline.ingresses.filter { waiting.contains($0.generatedService) }
    return Finding(
        message, object: pool.reference, at: pool.blocksRange, label: count,
        severity: waiting.isEmpty ? .info : nil,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", message,
                command: view.kubectl("get ciliumloadbalancerippool \(pool.object.name)"))
        ],
        repair: repair(of: pool, view), about: waiting + ingresses.map(\.reference))
}

private func names(_ references: [ObjectReference]) -> String {
    let shown = references.prefix(3).map(\.description).joined(separator: ", ")
    return references.count > 3 ? "\(shown) and \(references.count - 3) more" : shown
}

private func repair(of pool: LoadBalancerIPPool, _ view: ClusterView) -> Repair {
    Repair(
        command: view.isCluster ? widening(pool, view) : nil,
        text: "widen spec.blocks; or give Service and Ingress one lbipam.cilium.io/sharing-key; or "
            + "set ingress.cilium.io/loadbalancer-mode to shared; or remove the Ingress")
}

/// The command that adds two addresses, where nothing is known to have one of them.
private func widening(_ pool: LoadBalancerIPPool, _ view: ClusterView) -> String? {
    guard pool.object.spec?["blocks"] != nil else { return nil }
    let taken = view.takenAddresses
    let free = pool.blocks.map { $0.following(2) }.first { addresses in
        !addresses.isEmpty
            && addresses.allSatisfy { address in
                !taken.contains(address) && !view.pipeline.pools.contains { $0.contains(address) }
            }
    }
    guard let first = free?.first, let last = free?.last else { return nil }
    // A block of its own: one whose ends move is given up, with what it has handed out.
    let block = "{\"start\":\"\(first)\",\"stop\":\"\(last)\"}"
    return view.kubectlPatch(
        pool.reference, "[{\"op\":\"add\",\"path\":\"/spec/blocks/-\",\"value\":\(block)}]",
        type: "json")
        + "  # only if \(first) and \(last) are free"
}

extension ClusterView {
    /// Addresses of nodes, of Services, and of those that agents write to.
    fileprivate var takenAddresses: Set<String> {
        let nodes = objects.of(kind: "Node").flatMap { node in
            node.status?["addresses"].items.compactMap { $0["address"]?.string } ?? []
        }
        let targets = pipeline.agents.flatMap(\.remoteWrites).compactMap(\.endpoint?.host)
        return Set(nodes + targets + pipeline.services.flatMap(\.externalAddresses))
    }
}
