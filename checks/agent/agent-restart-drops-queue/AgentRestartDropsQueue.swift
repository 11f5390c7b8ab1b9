import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let agentRestartDropsQueue = Check(
        "agent-restart-drops-queue",
        severity: .error,
        stage: .postRollout,
        summary: "An agent was stopped while it was behind, and lost what it had not sent",
        why: """
            Remote write remembers nothing of what it has sent: after a restart an agent sends only \
            what it scrapes from then on. At a stop it has one minute to empty its queue, and \
            Kubernetes kills it after 30 seconds unless it is told otherwise.
            """,
        fix: """
            Mend the endpoint first and let the queue drain, and only then restart an agent. Set \
            terminationGracePeriodSeconds to 90. What was lost cannot be sent again.
            """,
        needs: .agents, .ifConfigured(.agentLogs), .view, .now,
        references: [
            "https://github.com/prometheus/prometheus/issues/13539",
            "https://github.com/prometheus/prometheus/issues/8809",
        ],
        examples: agentRestartDropsQueueExamples
    ) { agents, running, view, now in
        agents.filter { $0.isPrometheus && $0.workload != nil }.flatMap { agent -> [Finding] in
            let logs = running?.of(agent.reference)?.logs ?? []
            let losses = logs.compactMap { LostQueue($0, now: now) }
            return [
                loss(losses, agent, view),
                view.hasVariants(of: agent) ? nil : shortGrace(agent, view),
            ].compactMap(\.self)
        }
    }
}

/// A queue that was not empty when its time was over.
private struct LostQueue {
    let log: ContainerLog
    let count: Int
    let age: Double?

    init?(_ log: ContainerLog, now: Double) {
        let line = log.lines.last { $0.contains("Failed to flush all samples on shutdown") }
        guard let record = line.map(LogRecord.init),
            let count = record["count"].flatMap({ Int($0) }),
            (1..<1 << 40).contains(count)
        else { return nil }
        self.log = log
        self.count = count
        age = record.time.map { now - $0 }
    }

    /// Whether it belongs to the outage that one looks into now.
    var isRecent: Bool { age.map { (-60...86_400).contains($0) } ?? false }
}

private func loss(_ losses: [LostQueue], _ agent: Agent, _ view: ClusterView) -> Finding? {
    guard let first = losses.first(where: \.isRecent) ?? losses.first else { return nil }
    let recent = losses.filter { $0.isRecent == first.isRecent }
    let samples = recent.map(\.count).reduce(0, +)
    // A queue is emptied as well before it gets more shards or another configuration.
    let event = first.log.isPrevious ? "when it was stopped" : "when its queue was set up anew"
    let when = first.age.map { ", \(spoken(seconds: $0)) ago" } ?? ""
    return Finding(
        "the agent lost \(counted(samples, "sample")) \(event)\(when), and all that waited in its "
            + "WAL",
        object: agent.reference, at: agent.range(writingTo: nil),
        label: "had not taken all when the agent stopped",
        severity: first.isRecent ? nil : .warning,
        confidence: first.isRecent ? .certain : .likely,
        evidence: recent.prefix(4).map { loss in
            EvidenceItem(
                "logs",
                "pod \(loss.log.pod.name): Failed to flush all samples on shutdown, "
                    + "count=\(loss.count)",
                command: loss.log.showing(in: view))
        },
        repair: Repair(text: "do not restart it again before its endpoint takes writes"),
        about: agent.pods.map(\.reference))
}

/// Less time to stop than the agent takes to send what waits in its shards.
private func shortGrace(_ agent: Agent, _ view: ClusterView) -> Finding? {
    guard let workload = agent.workload, let spec = workload.podSpec?.node,
        agent.container?.image != nil, workload.object.kind != "Pod",
        // Prometheus' default of --storage.remote.flush-deadline is 1m.
        agent.flag("storage.remote.flush-deadline") == nil
    else { return nil }
    let field = "terminationGracePeriodSeconds"
    let node = spec[field]
    let grace = node?.int ?? 30
    guard grace < 75 else { return nil }
    let edit: TextEdit? =
        node.map { .replacing($0, with: "90") } ?? .inserting(["\(field): 90"], atTopOf: spec)
    return Finding(
        "the agent is killed \(grace) s after it is asked to stop, and takes up to 60 s to send "
            + "what waits",
        object: agent.reference,
        at: node?.range ?? workload.template.key("spec")?.range ?? workload.object.range,
        label: node == nil ? "30 s is the default" : "", severity: .info, confidence: .possible,
        evidence: [
            EvidenceItem(
                view.objectSource, "\(field) is \(grace)", command: agent.command(in: view))
        ],
        repair: Repair(
            // No command: it would do at once what is to be avoided.
            edits: [edit],
            text: "set \(field) to 90; the change itself restarts the agent, so wait until its "
                + "queue is empty"),
        about: agent.pods.map(\.reference))
}
