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
        silent(probes ?? [], pipeline) + (agents ?? []).flatMap { unanswered($0, now, view) }
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
    var seen: Set<String> = []
    return running.logs.filter { !$0.isPrevious }.flatMap { log -> [Finding] in
        running.agent.remoteWrites.compactMap { target in
            let complaints = log.lines.filter { $0.contains(target.url.value) }.map(LogRecord.init)
                .filter { complaint(in: $0) != nil && now - ($0.time ?? 0) < 900 }
            guard let last = complaints.last, let what = complaint(in: last),
                seen.insert(target.url.value).inserted
            else { return nil }
            // Prometheus writes a repeated line once a minute.
            let lasts = complaints.count > 1 && now - (last.time ?? 0) < 180
            let isCertain = lasts && what != "context deadline exceeded"
            return Finding(
                "the agent's writes to \(target.url.value) get no answer: \(what)",
                object: running.agent.reference, at: target.url.range, label: "does not answer",
                severity: isCertain ? nil : .warning, confidence: isCertain ? .certain : .likely,
                evidence: [
                    EvidenceItem(
                        "logs", String(last.line.prefix(400)),
                        command: view.kubectl(log.command, namespace: log.pod.namespace))
                ],
                repair: Repair(
                    text: "try the address from the agent's own network, and compare it with the "
                        + "one that the Service has; do not restart the agent, whose queue is full"),
                about: target.endpoint.flatMap { view.pipeline.service(at: $0)?.reference }
                    .map { [$0] } ?? [])
        }
    }
}

/// Go's words for silence, in the error of a line that Prometheus writes before it retries.
private func complaint(in record: LogRecord) -> String? {
    let error = record["err"] ?? record.line
    return ["no route to host", "no such host", "i/o timeout", "context deadline exceeded"]
        .first(where: error.contains)
}

/// Addresses of agents that lie in a pool of the receivers and are nobody's, or may move.
private func misplaced(_ agents: [Agent], _ view: ClusterView) -> [Finding] {
    let pipeline = view.pipeline
    guard view.isComplete(kind: "Service") else { return [] }
    let services = pipeline.receiverServices.filter { $0.isLoadBalancer && $0.mayBelongToCilium }
    var seen: Set<String> = []
    return agents.flatMap { agent in
        agent.remoteWrites.compactMap { target -> Finding? in
            guard let host = target.endpoint?.host, seen.insert(host).inserted,
                let pool = pipeline.pools.first(where: { $0.isInUse && $0.contains(host) }),
                let service = services.first(where: pool.serves)
            else { return nil }
            let holders = pipeline.services.filter { $0.externalAddresses.contains(host) }
            if holders.isEmpty { return nobodys(host, target, agent, service, view) }
            guard let holder = services.first(where: { $0.externalAddresses.contains(host) }),
                holder.requestedAddresses.isEmpty
            else { return nil }
            return movable(host, target, agent, holder, view)
        }
    }
}

private func nobodys(
    _ host: String, _ target: RemoteWriteTarget, _ agent: Agent, _ service: ServiceObject,
    _ view: ClusterView
) -> Finding? {
    // Without any address it waits for one, which is another fault.
    guard let actual = service.externalAddresses.first else { return nil }
    return Finding(
        "the writes of \(agent.reference) go to \(host), which no Service has; the receivers' has \(actual)",
        object: service.reference, at: target.url.range, label: "nobody's address",
        severity: .warning, confidence: .likely,
        alsoAt: [Place(service.object.range, "has \(actual)")],
        evidence: [evidence(service, view, "status.loadBalancer holds \(actual), not \(host)")],
        repair: Repair(
            text: "write to \(actual), or ask for \(host) with the annotation lbipam.cilium.io/ips"),
        about: [agent.reference])
}

private func movable(
    _ host: String, _ target: RemoteWriteTarget, _ agent: Agent, _ service: ServiceObject,
    _ view: ClusterView
) -> Finding {
    Finding(
        "the writes of \(agent.reference) go to \(host), an address that the Service does not ask for and "
            + "that may change",
        object: service.reference, at: service.object.range, label: "asks for no address",
        severity: .info, alsoAt: [Place(target.url.range, "counts on \(host)")],
        evidence: [evidence(service, view, "it has \(host) and no lbipam.cilium.io/ips")],
        repair: Repair(
            command: view.kubectl(
                "annotate service \(service.object.name) lbipam.cilium.io/ips=\(host)",
                namespace: service.namespace),
            text: "annotate the Service with lbipam.cilium.io/ips: \(host)"),
        about: [agent.reference])
}

private func evidence(
    _ service: ServiceObject, _ view: ClusterView, _ text: String
) -> EvidenceItem {
    EvidenceItem(
        "cluster", text,
        command: view.kubectl(
            "get service \(service.object.name) -o wide", namespace: service.namespace))
}
