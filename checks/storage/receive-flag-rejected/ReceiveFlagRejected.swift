import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let receiveFlagRejected = Check(
        "receive-flag-rejected",
        severity: .error,
        stage: .preInstall,
        summary: "A receiver exits on its own flags",
        why: """
            Thanos refuses a flag that its release does not know, a value that it cannot read and \
            a label without double quotes, and exits before it does anything else. Most upgrades \
            that fail fail here: flags come and go between releases.
            """,
        fix: """
            Drop or rename the flag for the release that is deployed. A switch takes no value: \
            write --flag or --no-flag. A label's value needs its own double quotes: \
            --label=replica="$(POD_NAME)".
            """,
        needs: .receivers, .ifConfigured(.receiverLogs), .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/blob/main/CHANGELOG.md",
            "https://github.com/alecthomas/kingpin#boolean-values",
        ],
        examples: receiveFlagRejectedExamples
    ) { receivers, logged, view in
        receivers.filter { !$0.isPatch }.flatMap { group in
            let running = logged?.of(group.reference)
            let said = running.flatMap { exit(of: $0, view) }
            // A receiver that is ready with these very arguments has accepted them.
            let faults = group.runsAsWritten ? [] : RejectedFlag.all(of: group, view)
            guard faults.isEmpty else { return faults.map { finding($0, group, said, view) } }
            return said.map { [unexplained($0, group)] } ?? []
        }
    }
}

extension ReceiverGroup {
    fileprivate var runsAsWritten: Bool {
        pods.contains { pod in
            let isOld = pod.revision.map { $0 != workload.updateRevision } ?? false
            return pod.isReady && !(isOld && workload.updateRevision != nil)
        }
    }
}

private func finding(
    _ fault: RejectedFlag, _ group: ReceiverGroup, _ said: LoggedFault?, _ view: ClusterView
) -> Finding {
    Finding(
        fault.message, object: group.reference, at: fault.range, label: fault.label,
        severity: fault.severity, confidence: fault.confidence,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "\(group.container.image?.text ?? "the image") is given \(fault.written)",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ] + (said.map { [$0.evidence] } ?? []),
        repair: Repair(
            edits: fault.edit.map { [$0] } ?? [], command: fault.patch,
            text: group.changingTemplate(fault.remedy)),
        about: group.pods.map(\.reference))
}

/// The last words of a receiver that ended on its flags.
private func exit(of running: RunningGroup, _ view: ClusterView) -> LoggedFault? {
    running.runs.lazy.filter { !$0.pod.isReady && $0.status?.isRunning != true }.compactMap { run in
        run.lastFault(in: run.logs, view, reading: refusedFlag(in:))
    }.first
}

/// What a line says of the command line; kingpin's own lines are no logfmt.
private func refusedFlag(in line: String) -> String? {
    let own = /(?:thanos: error: |rror parsing commandline arguments: )(.+)/
    if let text = line.firstMatch(of: own)?.1 {
        // The arguments stand before the reason, or are the reason: they may hold credentials.
        let reason = text.ranges(of: "]: ").last.map { text[$0.upperBound...] } ?? text
        let isArgument = reason.hasPrefix("unexpected ") && reason.count > 24
        return isArgument ? "unexpected argument" : String(reason).withoutFullStop
    }
    let error = LogRecord(line)["err"] ?? ""
    let texts = ["parse labels", "Compaction needs to be disabled", " flags set."]
    guard texts.contains(where: error.contains) else { return nil }
    return LogRecord(line).error?.withoutFullStop
}

private func unexplained(_ said: LoggedFault, _ group: ReceiverGroup) -> Finding {
    let named = said.text.firstMatch(of: /--[a-z][a-z0-9.\-]+/).map { String($0.output) }
    let place = named.flatMap { name in
        group.arguments.values.first { $0.value == name || $0.value.hasPrefix(name + "=") }?.range
    }
    return Finding(
        "the receiver refuses its command line: \(said.text)", object: group.reference,
        at: place ?? (group.container.node.key("args") ?? group.container.node).range,
        evidence: [said.evidence],
        repair: Repair(
            text: group.changingTemplate("drop or correct the flag that the message names")),
        about: [said.pod.reference])
}
