import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel
import ReceiveFlags

/// One pod's receiver container: how it stands, and what it wrote.
struct ReceiverRun {
    let pod: Pod
    let status: ContainerStatus?
    /// The run before the last restart first.
    let logs: [ContainerLog]

    /// The logs that say why it stands as it does: a container that runs has passed the point at
    /// which the run before it ended.
    var tellingLogs: [ContainerLog] {
        status?.isRunning == true ? logs.current : logs
    }

    /// The log of the run whose end the status shows.
    var endedLog: ContainerLog? {
        status?.isRunning == true ? logs.first(where: \.isPrevious) : logs.last
    }

    /// The last line that `reading` finds a fault in, with what it made of it.
    func lastFault(
        in logs: [ContainerLog], _ view: ClusterView, reading: (String) -> String?
    ) -> LoggedFault? {
        for log in logs.reversed() {
            for line in log.lines.reversed() {
                guard let text = reading(line) else { continue }
                return LoggedFault(
                    pod: pod, text: text, time: LogRecord(line).time,
                    command: log.showing(in: view))
            }
        }
        return nil
    }
}

/// A line of a receiver's log that tells of a fault.
struct LoggedFault {
    let pod: Pod
    let text: String
    /// Seconds since 1970.
    let time: Double?
    let command: String

    var evidence: EvidenceItem {
        EvidenceItem("logs", "pod \(pod.name): \(text)", command: command)
    }
}

extension RunningGroup {
    /// The receivers of the group, one for each pod.
    var runs: [ReceiverRun] {
        pods.map { pod in
            ReceiverRun(
                pod: pod,
                status: pod.containerStatuses.first { $0.name == group.container.name },
                logs: logs(of: pod).filter { $0.container == group.container.name })
        }
    }
}

extension ReceiverGroup {
    /// Whether every write would succeed without these pods, whatever they say of themselves.
    func servesWrites(without broken: Set<ObjectReference>) -> Bool {
        let working = pods.count { $0.isReady && !broken.contains($0.reference) }
        if case .notConfigured = hashring { return working > 0 }
        if flags.mode == .routerOnly { return working > 0 }
        return wantedPods - working <= replicationFactor - quorum
    }
}
