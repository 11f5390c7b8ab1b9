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
        needs: .receivers, .agents, .ifConfigured(.probes), .ifConfigured(.agentLogs), .now, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/prometheus/prometheus/issues/3790",
        ],
        examples: rwTlsMismatchExamples
    ) { receivers, agents, probes, logs, now, view in
        let written = agents.flatMap { agent in
            agent.remoteWrites.compactMap { wrongScheme($0, of: agent, receivers, view) }
        }
        let logged: [Finding] = (logs ?? []).flatMap { complaints($0, now, view) }
        return written + (probes ?? []).compactMap { failedHandshake($0, view) } + logged
    }
}

/// A URL whose scheme does not fit the flags of the receiver that the address leads to.
private func wrongScheme(
    _ target: RemoteWriteTarget, of agent: Agent, _ receivers: [ReceiverGroup], _ view: ClusterView
) -> Finding? {
    guard let endpoint = target.endpoint, let service = view.pipeline.service(at: endpoint),
        let port = service.ports.first(where: { $0.number == endpoint.port }),
        // A cloud's load balancer may end TLS itself.
        !service.object.annotations.keys.contains(where: {
            $0.contains("ssl") || $0.contains("tls")
        })
    else { return nil }
    let behind = view.pipeline.receivers(behind: service.reference)
    guard let group = behind.first,
        behind.allSatisfy({
            $0.containerPort(of: port) == $0.remoteWritePort && $0.remoteWritePort != nil
                && $0.workload.podSpec?.containers.count == 1
        })
    else { return nil }
    let expects = behind.map {
        $0.flags.text(of: "--remote-write.server-tls-cert")?.isEmpty == false
    }
    let isTLS = endpoint.scheme == "https"
    guard expects.allSatisfy({ $0 != isTLS }) else { return nil }
    let wanted = isTLS ? "http" : "https"
    return Finding(
        isTLS
            ? "the agent speaks TLS to \(group.reference), which has no "
                + "--remote-write.server-tls-cert"
            : "the agent speaks plain HTTP to \(group.reference), which wants TLS",
        object: agent.reference, at: target.url.range, label: "should be \(wanted)",
        alsoAt: [
            Place(group.range(ofFlag: "--remote-write.server-tls-cert"), "the receiver")
        ],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "\(target.url.value) leads to the remote-write port of \(group.reference)",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(
            edits: isTLS
                ? [.replacing("https://", with: "http://", within: target.url.range)] : [],
            text: "write \(wanted):// in the URL, or change the receiver's TLS flags"),
        about: [service.reference, group.reference])
}

/// What agents say of TLS now, one finding for each address.
private func complaints(_ running: RunningAgent, _ now: Double, _ view: ClusterView) -> [Finding] {
    var seen: Set<String> = []
    return running.logs.filter { !$0.isPrevious }.flatMap { log -> [Finding] in
        running.agent.remoteWrites.compactMap { target in
            let last = log.lines.filter { $0.contains(target.url.value) }.map(LogRecord.init)
                .last { record in
                    let error = record["err"] ?? ""
                    return now - (record.time ?? 0) < 300 && !record.isAnswer
                        && ["tls: ", "x509: ", "server gave HTTP response to HTTPS client"]
                            .contains(where: error.contains)
                }
            guard let last, seen.insert(target.url.value).inserted else { return nil }
            let error = last["err"] ?? ""
            let reason =
                error.firstRange(of: target.url.value).map { error[$0.upperBound...] } ?? error[...]
            return Finding(
                "the agent's writes to \(target.url.value) fail in TLS: "
                    + reason.drop { "\\\": ".contains($0) },
                object: running.agent.reference, at: target.url.range, label: "fails in TLS",
                evidence: [
                    EvidenceItem(
                        "logs", String(last.line.prefix(400)),
                        command: view.kubectl(log.command, namespace: log.pod.namespace))
                ],
                repair: Repair(
                    text: "let the scheme fit, and tls_config name the authority and the server"),
                about: target.endpoint.flatMap { view.pipeline.service(at: $0)?.reference }
                    .map { [$0] } ?? [])
        }
    }
}
