import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let replicationFactorExceedsEndpoints = Check(
        "replication-factor-exceeds-endpoints",
        severity: .critical,
        stage: .preInstall,
        summary: "A hashring has fewer endpoints than the replication factor",
        why: """
            Every copy of a series needs an endpoint of its own. With ketama a receiver exits when \
            one hashring is too small: "amount of endpoints needs to be larger than replication \
            factor". With hashmod it runs, and answers every write with 500 "insufficient nodes".
            """,
        fix: """
            List at least as many endpoints in every hashring as --receive.replication-factor says, \
            or lower the factor on all receivers in one step. As many endpoints as copies are enough.
            """,
        needs: .receiverFiles, .optional(.components), .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/issues/7168",
        ],
        examples: replicationFactorExceedsEndpointsExamples
    ) { receivers, components, view in
        let generated = Set(
            (components ?? []).compactMap { GeneratedRing($0, receivers: receivers)?.configMap })
        let files = RingFile.all(of: receivers).filter { file in
            let isPlaceholder = file.configMap.map(generated.contains) ?? false
            return !file.mayBeReplaced(in: view) && (view.isCluster || !isPlaceholder)
        }
        return files.compactMap { finding($0, view) } + receivers.compactMap { alone($0, view) }
    }
}

private let flag = "--receive.replication-factor"

private func finding(_ file: RingFile, _ view: ClusterView) -> Finding? {
    let readers = file.readers.filter { $0.isWhole(in: view) }
    guard let group = readers.max(by: { $0.replicationFactor < $1.replicationFactor }) else {
        return nil
    }
    let factor = group.replicationFactor
    let small = file.configuration.rings.filter { $0.endpoints.count < factor }
    guard let ring = small.first else { return nil }
    let algorithm = HashringAlgorithm(rawValue: group.flags.hashringsAlgorithm) ?? .hashmod
    let exits = small.contains { $0.effectiveAlgorithm(flag: algorithm) == .ketama }
    // With ketama a pod that is ready has not read this file yet, and ends when it does.
    let isPending = exits && group.pods.contains(where: \.isReady)
    let name = ring.name.map { "hashring \($0.value)" } ?? "a hashring"
    let effect =
        exits
        ? (isPending
            ? "the receivers exit when they read it" : "the receivers exit at their start")
        : "every write to it ends in 500"
    return Finding(
        "\(name) has \(counted(ring.endpoints.count, "endpoint")) for "
            + "\(counted(factor, "copy", "copies")) of each series: \(effect)",
        object: group.reference, at: file.place(of: ring.nameRange),
        label: counted(ring.endpoints.count, "endpoint"), severity: isPending ? .error : nil,
        alsoAt: [
            Place(group.range(ofFlag: flag), "asks for \(counted(factor, "copy", "copies"))")
        ],
        evidence: [
            EvidenceItem(
                view.objectSource,
                "\(file.title): \(name) has \(counted(ring.endpoints.count, "endpoint")); "
                    + "\(flag) is \(factor)",
                command: file.showing(in: view))
        ],
        repair: Repair(
            command: file.editing(in: view),
            text: "list \(counted(factor, "endpoint")) in \(name)"
                + (ring.endpoints.isEmpty
                    ? "" : ", or lower \(flag) to \(ring.endpoints.count) on all receivers")),
        about: file.participants)
}

/// Copies without a hashring: the ring of one node that Thanos makes of itself has no second.
private func alone(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    // From v0.42.0 on a receiver without hashring writes to its own TSDB only.
    guard case .notConfigured = group.hashring, group.replicationFactor > 1,
        let version = group.version, version < Version(0, 42), group.isWhole(in: view)
    else { return nil }
    return Finding(
        "\(flag) is \(group.replicationFactor) and there is no hashring: every write ends in 500, "
            + "insufficient nodes",
        object: group.reference, at: group.range(ofFlag: flag),
        label: "asks for \(group.replicationFactor) copies on one node",
        evidence: [
            EvidenceItem(
                view.objectSource, "neither --receive.hashrings-file nor --receive.hashrings",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(
            text: "take \(flag) away from receivers without a hashring, or give them one with "
                + "--receive.hashrings-file"),
        about: group.services.map(\.reference))
}
