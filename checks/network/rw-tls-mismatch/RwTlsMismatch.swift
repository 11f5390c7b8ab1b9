import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let rwTlsMismatch = Check(
        "rw-tls-mismatch",
        severity: .error,
        stage: .preRollout,
        summary: "Agent and receiver disagree about TLS",
        why: """
            An agent that speaks TLS to a plain receiver, or plain HTTP to one with TLS, delivers \
            nothing. A certificate that does not name the address, that has expired or whose \
            authority the agent does not know ends every connection in the handshake.
            """,
        fix: """
            Let the scheme of the URL fit --remote-write.server-tls-cert. Give the certificate the \
            address as a subject alternative name, or state tls_config.server_name, and mount the \
            authority's certificate as ca_file. The receiver asks for TLS 1.3 by default.
            """,
        needs: .agents, .allViews, .ifConfigured(.probes), .ifConfigured(.agentLogs), .now, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/prometheus/prometheus/issues/3790",
        ],
        examples: rwTlsMismatchExamples
    ) { agents, views, probes, logs, now, view in
        let written = agents.filter { !view.hasVariants(of: $0) }.flatMap { agent in
            agent.remoteWrites.compactMap { target in
                WrongTLS(target, of: agent, view, among: views)?.finding(view)
            }
        }
        let logged = (logs ?? []).flatMap { running in
            SendingComplaint.all(of: running, saying: tlsErrors, now: now).map {
                failing($0, running.agent, view)
            } + (plain(running, now: now, view).map { [$0] } ?? [])
        }
        return written + (probes ?? []).compactMap { failedHandshake($0, view) } + logged
    }
}

private let tlsErrors = ["tls: ", "x509: ", "server gave HTTP response to HTTPS client"]

/// An agent that speaks http to a port of TLS, and loses what it sends (Go's net/http says so).
private func plain(_ running: RunningAgent, now: Double, _ view: ClusterView) -> Finding? {
    let agent = running.agent
    let batches = DroppedBatch.newest(in: running, now: now, view)
    guard let batch = batches.first(where: { $0.error.contains("HTTP request to an HTTPS server") })
    else { return nil }
    return Finding(
        "the agent speaks plain HTTP to a TLS port\(batch.when): every batch is dropped",
        object: agent.reference, at: agent.range(writingTo: batch.endpoint),
        label: "should be https", severity: batch.isCurrent ? nil : .warning,
        confidence: batch.isCurrent ? .certain : .likely, evidence: [batch.evidence],
        repair: Repair(text: "write https:// in the URL, and state tls_config"),
        about: agent.pods.map(\.reference))
}

/// What an agent says of TLS now.
private func failing(
    _ complaint: SendingComplaint, _ agent: Agent, _ view: ClusterView
) -> Finding {
    let target = complaint.target
    return Finding(
        "the agent's writes to \(target.url.value) fail in TLS: \(complaint.reason)",
        object: agent.reference, at: target.url.range, label: "fails in TLS",
        severity: complaint.lasts ? nil : .warning,
        confidence: complaint.lasts ? .certain : .likely,
        evidence: [complaint.evidence(in: view)],
        repair: Repair(
            text: "let the scheme fit, and tls_config name the authority and the server"),
        about: complaint.service(in: view))
}
