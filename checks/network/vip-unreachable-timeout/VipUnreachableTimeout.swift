import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let vipUnreachableTimeout = Check(
        "vip-unreachable-timeout",
        severity: .error,
        stage: .postRollout,
        summary: "The address that agents write to does not answer",
        why: """
            Silence means that nobody holds the address, or that packets are lost on the way: \
            nothing answers ARP for it, a firewall or a network policy drops them, a route is \
            missing, or the name leads nowhere. Agents retry until their queue is full and lose what \
            does not fit.
            """,
        fix: """
            Compare the address in the URL with the one that the Service has, and pin it with \
            lbipam.cilium.io/ips. Then look for a node that announces it, for a route from the \
            agents' network and for firewalls between. An address announced on layer 2 is not \
            reachable beyond its own network without a router.
            """,
        needs: .pipeline, .allViews, .ifConfigured(.probes), .ifConfigured(.agentLogs), .now, .view,
        references: [
            "https://docs.cilium.io/en/stable/network/l2-announcements/",
            "https://github.com/cilium/cilium/issues/43131",
        ],
        examples: vipUnreachableTimeoutExamples
    ) { pipeline, views, probes, agents, now, view in
        let logged: [Finding] = (agents ?? []).flatMap { unanswered($0, now, view) }
        return silent(probes ?? [], pipeline) + logged
            + (view.isCluster ? misplaced(views.flatMap(\.pipeline.agents), view) : [])
    }
}

/// One finding for each object whose address was silent when it was probed.
private func silent(_ probes: [ProbeRecord], _ pipeline: Pipeline) -> [Finding] {
    var seen: Set<ObjectReference> = []
    return probes.compactMap { probe in
        guard probe.purpose == .remoteWrite, let (hop, failure) = probe.failure,
            let what = text(of: failure), seen.insert(probe.subject).inserted
        else { return nil }
        // From another network than the agents' an address of the cluster may be out of reach.
        let isCertain = probe.target == nil && failure != .nameNotFound
        return Finding(
            "remote write to \(probe.endpoint) \(what), seen from \(probe.seenFrom)",
            object: probe.subject,
            at: pipeline.services.first { $0.reference == probe.subject }?.object.range,
            severity: isCertain ? nil : .warning, confidence: isCertain ? .certain : .likely,
            evidence: [
                EvidenceItem(
                    "probe", "\(hop.detail), seen from \(probe.seenFrom)", command: probe.command)
            ],
            repair: Repair(
                text: "see which node announces the address, and what lies between it and the "
                    + "agents"))
    }
}

private func text(of failure: ProbeRecord.Failure) -> String? {
    switch failure {
    case .timedOut: "gets no answer"
    case .noRoute: "finds no route to the host"
    case .nameNotFound: "finds no address for the name"
    case _: nil
    }
}

/// What an agent says of an address, when it says so now.
private func unanswered(_ running: RunningAgent, _ now: Double, _ view: ClusterView) -> [Finding] {
    SendingComplaint.all(of: running, saying: silence, now: now).map { complaint in
        let isCertain = complaint.lasts && complaint.words != "context deadline exceeded"
        return Finding(
            "the agent's writes to \(complaint.target.url.value) get no answer: "
                + complaint.words,
            object: running.agent.reference, at: complaint.target.url.range,
            label: "does not answer",
            severity: isCertain ? nil : .warning, confidence: isCertain ? .certain : .likely,
            evidence: [complaint.evidence(in: view)],
            repair: Repair(
                text: "try the address from the agent's own network, and compare it with the "
                    + "Service's; do not restart the agent, which loses what waits"),
            about: complaint.service(in: view))
    }
}

/// Go's words for silence, in the error of a line that Prometheus writes before it retries.
private let silence = [
    "no route to host", "no such host", "i/o timeout", "context deadline exceeded",
]
