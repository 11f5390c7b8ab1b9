import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// A write to an agent's WAL that failed, as its log says it.
struct WALError {
    let log: ContainerLog
    let text: String
    let isPermission: Bool
    /// Seconds before the start of the run; nil when the line bears no time.
    private let age: Double?
    /// Whether it ended the container, which has not run since.
    private let isFatal: Bool

    /// Scrapes fail again and again while the volume is full.
    private static let interval = 300.0

    var isCurrent: Bool { isFatal || age.map { (-60...Self.interval).contains($0) } ?? false }
    var when: String { isCurrent ? "" : age.map { ", \(spoken(seconds: $0)) ago" } ?? "" }

    /// The newest of each pod, of the run before the last restart only when there is none since.
    static func newest(in running: RunningAgent, now: Double) -> [WALError] {
        running.pods.compactMap { pod in
            let status = pod.containerStatuses.first { $0.name == running.agent.container?.name }
            let isRunning = status?.isRunning == true
            return running.logs(of: pod).reversed().lazy
                .filter { $0.container == running.agent.container?.name }
                .filter { !$0.isPrevious || !isRunning }
                .compactMap { WALError($0, isFatal: !pod.isReady && !isRunning, now: now) }.first
        }
    }

    private init?(_ log: ContainerLog, isFatal: Bool, now: Double) {
        let line = log.lines.last { line in
            (Self.isFull(line) || line.contains("permission denied") && line.contains("storage"))
                && !LogRecord(line).isAnswer
        }
        guard let line else { return nil }
        let record = LogRecord(line)
        let error = record.error ?? line
        self.log = log
        text = shortened(error, to: 200)
        isPermission = !Self.isFull(line)
        age = record.time.map { now - $0 }
        self.isFatal = isFatal
    }

    private static func isFull(_ line: String) -> Bool {
        line.contains("no space left on device") || line.contains("disk quota exceeded")
    }
}

extension Agent {
    /// The mount that holds the WAL.
    var walMount: VolumeMount? {
        // Prometheus' default is data-agent/, and its image works in /prometheus.
        let path = flag("storage.agent.path")?.value ?? "/prometheus/data-agent"
        return container?.mounts.filter { $0.contains(path) }
            .max { $0.path.value.count < $1.path.value.count }
    }

    /// Whether a new volume is its process's own: by fsGroup, as root, or prepared by a container.
    var mayWriteToNewVolumes: Bool {
        let pod = workload?.podSpec
        if pod?.securityContext?["fsGroup"]?.isNull == false { return true }
        let user =
            container?.securityContext?["runAsUser"]?.int
            ?? pod?.securityContext?["runAsUser"]?.int
        if user == 0 { return true }
        return pod?.initContainers.contains { prior in
            prior.mounts.contains { $0.volume == walMount?.volume }
        } ?? false
    }
}
