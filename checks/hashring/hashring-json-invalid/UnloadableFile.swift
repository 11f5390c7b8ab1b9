import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel
import ReceiveFlags

/// What receivers say of a hashring file that they could not load: the only evidence of a file
/// that nobody else may read, as one in a Secret.
struct UnloadableFile {
    private let faults: [LoggedFault]
    /// Whether receivers end on it, rather than keep what they had.
    private let isFatal: Bool

    init?(_ running: RunningGroup, now: Double, _ view: ClusterView) {
        let ended = running.runs.filter { !$0.pod.isReady && $0.status?.isRunning != true }
            .compactMap { $0.lastFault(in: $0.logs, view, reading: refusal(in:)) }
        // It is read again every interval, five minutes unless stated.
        let interval = running.group.flags.hashringsFileRefreshInterval ?? .seconds(300)
        let patience = Double(interval.components.seconds) + 60
        let kept = running.runs.compactMap { run in
            run.lastFault(in: run.logs.current, view) {
                $0.contains("failed to load configuration file") ? refusal(in: $0) : nil
            }
        }.filter { fault in fault.time.map { now - $0 <= patience } ?? false }
        guard !ended.isEmpty || !kept.isEmpty else { return nil }
        isFatal = !ended.isEmpty
        faults = isFatal ? ended : kept
    }

    func finding(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
        // What is there now may be another text than the one that was refused.
        let isMended =
            if case .configured = group.hashring { group.canLoadHashrings } else { false }
        guard let first = faults.first, isFatal || !isMended else { return nil }
        let names = listed(faults.map(\.pod.name))
        let verb = faults.count == 1 ? "refuses" : "refuse"
        return Finding(
            "\(names) \(verb) the hashring file: \(first.text)"
                + (isMended
                    ? "; what is there now can be loaded"
                    : isFatal ? "" : "; what runs keeps what it had, and fails at its next start"),
            object: group.reference, at: group.range(ofFlag: "--receive.hashrings-file"),
            label: "could not be loaded",
            severity: isMended ? .warning : isFatal && !group.servesWrites ? nil : .error,
            confidence: isMended ? .likely : .certain, evidence: faults.map(\.evidence),
            repair: Repair(
                text: isMended
                    ? "wait for the next start, or delete the pods"
                    : "correct the JSON: an array with an object for each hashring"),
            about: faults.map(\.pod.reference) + group.services.map(\.reference))
    }
}

/// What `loadConfig` in Thanos' pkg/receive/config.go says, and what no ring can be built of.
private let refusals = [
    "configuration file is not parsable", "configuration file is empty",
    "does not support AZ aware", "does not support shuffle sharding",
]

private func refusal(in line: String) -> String? {
    guard let words = refusals.first(where: line.contains) else { return nil }
    let error = LogRecord(line)["err"] ?? line
    let parsing = "failed to parse configuration file: "
    let reason = error.firstRange(of: parsing).map { place in
        error[place.upperBound...].prefix { !$0.isNewline }
    }
    return reason.map { shortened($0) } ?? words
}
