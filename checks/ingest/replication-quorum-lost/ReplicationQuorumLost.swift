import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let replicationQuorumLost = Check(
        "replication-quorum-lost",
        severity: .critical,
        stage: .postRollout,
        summary: "Fewer receivers can be reached than a write needs copies",
        why: """
            A write succeeds when more than half of its copies are written; of one copy, the owner \
            of each series must be up. Below that every batch that holds such a series is answered \
            with 503, "target not available", and the agents' queues grow until their WAL is full.
            """,
        fix: """
            Bring the receivers back that are down, and leave the agents running meanwhile: they \
            try again. Afterwards use replication factor 3 on at least 3 nodes, spread the pods over \
            nodes and keep a PodDisruptionBudget with maxUnavailable 1.
            """,
        needs: .receiverFiles, .ifConfigured(.receiverPods),
        .optional(.receiverRates(requests, FailingForwards.forwards, FailingForwards.calls)),
        .optional(.objects(.nodes)), .now, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/issues/3287",
            "https://github.com/thanos-io/thanos/issues/8212",
        ],
        examples: replicationQuorumLostExamples
    ) { receivers, running, measured, nodes, now, view in
        let lostNodes = Set((nodes ?? []).filter { !$0.isReadyNode }.map(\.name))
        return RingFile.all(of: receivers).flatMap { file -> [Finding] in
            let readers = file.readers.filter { $0.statesFactor && $0.isWhole(in: view) }
            guard !file.mayBeReplaced(in: view),
                let sender = readers.min(by: { $0.spareCopies < $1.spareCopies })
            else { return [] }
            let outages = file.configuration.rings.indices.compactMap { number in
                running == nil
                    ? nil
                    : RingOutage(
                        of: number, in: file, sender: sender, lostNodes: lostNodes, now: now)
            }
            guard outages.isEmpty else { return outages.map { $0.finding(view) } }
            let found =
                refused(file, sender, measured ?? [], view) ?? unsparing(file, sender, view)
            return found.map { [$0] } ?? []
        }
    }
}

private let flag = "--receive.replication-factor"
private let requests = "http_requests_total"

extension KubernetesObject {
    /// Whether a node says that it can run pods; one that is lost says nothing, "Unknown".
    fileprivate var isReadyNode: Bool {
        status?["conditions"].items.contains {
            $0["type"]?.string == "Ready" && $0["status"]?.string == "True"
        } ?? false
    }
}

extension ReceiverGroup {
    /// How many copies of a series may fail.
    var spareCopies: Int { replicationFactor - quorum }

    /// Whether the factor is known: a variable in the flag may stand for any.
    fileprivate var statesFactor: Bool {
        !flags.isGiven(flag) || flags.replicationFactor != nil
    }
}

/// Writes are refused while forwards fail: the pods are ready and do not reach each other.
private func refused(
    _ file: RingFile, _ sender: ReceiverGroup, _ measured: ByOwner<MeasuredGroup>,
    _ view: ClusterView
) -> Finding? {
    let readers = Set(file.readers.map(\.reference))
    let pods = measured.filter { readers.contains($0.group.reference) }.flatMap(\.pods)
    let refusals = pods.compactMap {
        $0.rate(requests, where: ["handler": "receive", "code": "503"])
    }
    .reduce(0, +)
    let failing = pods.compactMap(FailingForwards.init)
    guard refusals > 0, !failing.isEmpty else { return nil }
    return Finding(
        "\(shown(refusals)) writes a second are answered with 503, and "
            + "\(shown(failing.map(\.rate).reduce(0, +))) forwards a second fail",
        object: sender.reference, at: sender.range(ofFlag: flag),
        label: "can spare \(counted(sender.spareCopies, "copy", "copies"))", severity: .error,
        evidence: failing.prefix(6).map { forward in
            sender.growth(
                ": \(shown(forward.rate)) forwards a second fail", of: forward.pod, forward.metric,
                in: view)
        },
        repair: Repair(
            text: "see what keeps the receivers from each other: names, ports, NetworkPolicies, "
                + "TLS; with --log.level=debug their logs say it"),
        about: file.participants + failing.map(\.pod))
}

/// One copy on several nodes: the first that fails stops its series.
private func unsparing(
    _ file: RingFile, _ sender: ReceiverGroup, _ view: ClusterView
) -> Finding? {
    guard sender.replicationFactor == 1,
        let ring = file.configuration.rings.first(where: { $0.endpoints.count > 1 })
    else { return nil }
    let reference = sender.reference
    return Finding(
        "one copy on \(ring.endpoints.count) endpoints: while one of them is down, every batch "
            + "with one of its series fails",
        object: reference, at: sender.range(ofFlag: flag), label: "no copy to spare",
        severity: .warning,
        alsoAt: [Place(file.place(of: ring.nameRange), "\(ring.endpoints.count) endpoints")],
        evidence: [
            EvidenceItem(
                view.objectSource, "\(reference): replication factor 1",
                command: view.kubectl(
                    "get \(reference.kind.lowercased()) \(reference.name) -o yaml",
                    namespace: reference.namespace))
        ],
        repair: Repair(text: "set \(flag)=3 on all receivers of a ring of at least 3 in one step"),
        about: file.participants)
}

private func shown(_ rate: Double) -> String {
    rate < 1e12 ? "\((rate * 10).rounded() / 10)" : "many"
}
