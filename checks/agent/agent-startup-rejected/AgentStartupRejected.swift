import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let agentStartupRejected = Check(
        "agent-startup-rejected",
        severity: .error,
        summary: "Prometheus refuses a flag or setting in agent mode",
        why: """
            An agent has no TSDB, no rules and no alerts, and exits at every flag and section for \
            them. The switch is --enable-feature=agent up to 2.x and --agent from 3.0 on; Prometheus \
            3 ignores the old one and starts as a full server.
            """,
        fix: """
            Take rule_files, alerting, remote_read and the storage.tsdb flags out. Start \
            Prometheus 3 with --agent and --storage.agent.path, Prometheus 2 with \
            --enable-feature=agent. promtool check config --agent finds most of it.
            """,
        needs: .agents, .ifConfigured(.agentLogs), .view,
        references: [
            "https://prometheus.io/docs/prometheus/latest/prometheus_agent/",
            "https://prometheus.io/docs/prometheus/latest/migration/",
        ],
        examples: agentStartupRejectedExamples
    ) { agents, running, view in
        agents.filter { $0.isPrometheus && !view.hasVariants(of: $0) }.flatMap { agent in
            let refusals = StartupRefusal.all(of: agent)
            guard refusals.isEmpty else { return [finding(refusals, agent, view)] }
            let own = running?.of(agent.reference)
            return own.flatMap { said($0, view) }.map { [$0] } ?? []
        }
    }
}

/// Everything that one agent is refused for: it starts when the last of it is gone.
private func finding(
    _ refusals: [StartupRefusal], _ agent: Agent, _ view: ClusterView
) -> Finding {
    // A pod that is ready was started with something else than what stands here now.
    let runs =
        agent.pods.contains(where: \.isReady)
        && !refusals.contains { $0.message.contains("full server") }
    let more = refusals.count > mostShown ? "; and \(refusals.count - mostShown) more" : ""
    return Finding(
        refusals.prefix(mostShown).map(\.message).joined(separator: "; ") + more
            + (runs ? "; its pods run, and the next start fails" : ""),
        object: agent.reference, severity: runs ? .warning : nil,
        confidence: runs ? .likely : .certain,
        alsoAt: refusals.map { Place($0.range, $0.label) },
        evidence: refusals.map {
            EvidenceItem(view.objectSource, $0.message, command: agent.command(in: view))
        },
        repair: Repair(
            edits: refusals.map(\.edit),
            text: Set(refusals.map(\.advice)).sorted().joined(separator: "; ")),
        about: agent.pods.map(\.reference))
}

private let mostShown = 3

/// What Prometheus prints before it exits, and at what the text ends that may be shown.
private let refusals: [(text: String, advice: String)] = [
    ("is not allowed in agent mode", "take the section out of the agent's configuration"),
    ("can not be used in agent mode", "take the flags out, they are a server's"),
    (
        "can only be used in agent mode",
        "start it with --agent, or up to 2.x with "
            + "--enable-feature=agent"
    ),
    ("unknown long flag '--agent'", "write --enable-feature=agent, or run Prometheus 3"),
    ("not found in type config.", "correct the name of the field"),
    ("duplicate remote write configs are not allowed", "take one of the two out"),
    ("found multiple remote write configs", "give each remote_write another name"),
]

/// A pod that does not run, in its own words.
private func said(_ running: RunningAgent, _ view: ClusterView) -> Finding? {
    let agent = running.agent
    let found = running.pods.filter { !$0.isReady }.lazy.compactMap { pod in
        running.logs(of: pod).filter { $0.container == agent.container?.name }.lazy.compactMap {
            refusal(in: $0, of: pod, agent)
        }.first
    }.first
    guard let (log, text, advice) = found else { return nil }
    return Finding(
        "the agent does not start: \(text)",
        object: agent.reference, at: agent.range, label: "exits at once",
        evidence: [
            log.evidence(text, in: view)
        ],
        repair: Repair(text: advice), about: agent.pods.map(\.reference))
}

/// The last refusal of a log, unless the container that wrote it runs on or was followed by one
/// that does.
private func refusal(
    in log: ContainerLog, of pod: Pod, _ agent: Agent
) -> (ContainerLog, String, String)? {
    let status = pod.containerStatuses.first { $0.name == log.container }
    guard status?.isRunning != true else { return nil }
    for line in log.lines.reversed() {
        guard let known = refusals.first(where: { line.contains($0.text) }) else { continue }
        let lines = (LogRecord(line)["err"] ?? line).split(separator: "\n")
        let error = lines.last { $0.contains(known.text) } ?? Substring(line)
        // A URL may hold a password.
        let end = error.firstRange(of: ", found duplicate for URL")?.lowerBound ?? error.endIndex
        return (log, shortened(error[..<end]), known.advice)
    }
    return nil
}
