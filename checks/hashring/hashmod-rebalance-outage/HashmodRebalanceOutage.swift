import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let hashmodRebalanceOutage = Check(
        "hashmod-rebalance-outage",
        severity: .warning,
        summary: "With hashmod a change of the hashring makes every receiver flush at once",
        why: """
            With hashmod, the default, any change of the endpoints moves nearly all series, and \
            every receiver flushes its head and is not ready meanwhile: all of them at the same \
            time. For two to three hours afterwards heads hold about twice as many series. Whether \
            they flush follows the flag alone, not the algorithm that a ring states.
            """,
        fix: """
            Set --receive.hashrings-algorithm=ketama on all receivers. On a new installation that \
            costs nothing; one that holds data moves its series once more, so do it in a quiet hour.
            """,
        needs: .receiverFiles, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/issues/4972",
        ],
        examples: hashmodRebalanceOutageExamples
    ) { receivers, view in
        RingFile.all(of: receivers).filter { !$0.mayBeReplaced(in: view) }.flatMap { file in
            file.readers.filter { $0.isWhole(in: view) }.compactMap { finding($0, file, view) }
        }
    }
}

private let flag = "--receive.hashrings-algorithm"

private func finding(
    _ group: ReceiverGroup, _ file: RingFile, _ view: ClusterView
) -> Finding? {
    let algorithm = HashringAlgorithm(rawValue: group.flags.hashringsAlgorithm) ?? .hashmod
    // One node keeps all that it has, and a router has nothing to flush.
    let rings = file.configuration.rings.filter { $0.endpoints.count > 1 }
    guard group.flags.mode == .routerIngestor,
        let ring = rings.first(where: { $0.effectiveAlgorithm(flag: algorithm) == .hashmod })
            ?? (algorithm == .hashmod ? rings.first : nil)
    else { return nil }
    let moves = ring.effectiveAlgorithm(flag: algorithm) == .hashmod
    let name = ring.name.map { "hashring \($0.value)" } ?? "the hashring"
    // The ring's own word decides where series go, and the flag alone who flushes.
    let stated = moves ? ring.algorithmText.flatMap { $0.value.isEmpty ? nil : $0.range } : nil
    let isGiven = group.flags.isGiven(flag)
    let fallback =
        group.flags.hashringsFile == nil
        ? "--receive.hashrings" : "--receive.hashrings-file"
    return Finding(
        "\(name) of \(counted(ring.endpoints.count, "endpoint")) "
            + (moves ? "uses hashmod" : "uses ketama, but \(flag) does not") + ": a change of it "
            + (algorithm == .hashmod
                ? "makes all receivers flush and be not ready at once"
                : "moves nearly all series, and heads hold twice as many for hours"),
        object: group.reference,
        at: stated.map(file.place) ?? group.range(ofFlag: isGiven ? flag : fallback),
        label: stated != nil || isGiven ? "hashmod" : "hashmod, where nothing else is said",
        evidence: [
            EvidenceItem(
                view.objectSource,
                stated != nil
                    ? "the ring's own algorithm is hashmod"
                    : isGiven ? "\(flag) is \(algorithm.rawValue)" : "\(flag) is not given",
                command: file.showing(in: view))
        ],
        repair: Repair(text: advice(isOwn: stated != nil)),
        about: group.services.map(\.reference) + (file.configMap.map { [$0] } ?? []))
}

/// In words alone: receivers that use hashmod and receivers that use ketama each take the other
/// for the owner of a series, as in a rolling update.
private func advice(isOwn: Bool) -> String {
    (isOwn ? "set the ring's algorithm to ketama, and \(flag) with it" : "set \(flag)=ketama")
        + " on all receivers at once, in a quiet hour; it needs no fewer endpoints than copies"
}
