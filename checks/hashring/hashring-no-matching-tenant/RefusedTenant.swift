import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// A tenant that a receiver refuses, or would, and how that is known.
struct RefusedTenant {
    let tenant: String
    var place: Place?
    var agent: ObjectReference?
    /// Where the agent is.
    var home: ClusterView?
    let evidence: EvidenceItem
    /// Whether it is so now; a line of long ago may be of somebody's only attempt.
    var isCurrent = true

    /// What the agents that write to a group write as.
    static func candidates(
        of agents: [Agent], for group: ReceiverGroup, _ view: ClusterView
    ) -> [RefusedTenant] {
        let services = Set(group.services.map(\.reference))
        return agents.flatMap { agent in
            agent.remoteWrites.compactMap { target in
                guard let endpoint = target.endpoint,
                    let service = view.pipeline.service(at: endpoint),
                    services.contains(service.reference), let tenant = group.tenant(of: target)
                else { return nil }
                return RefusedTenant(tenant, of: agent, writingTo: endpoint, in: view)
            }
        }
    }

    /// What the agents of other clusters write as that write to a group from outside.
    static func candidates(
        elsewhere views: [ClusterView], for group: ReceiverGroup, _ view: ClusterView
    ) -> [RefusedTenant] {
        let services = Set(group.services.map(\.reference))
        let others = views.filter { $0.name != view.name && $0.isCluster == view.isCluster }
        return others.flatMap { other in
            other.pipeline.agents.flatMap { agent in
                agent.remoteWrites.compactMap { target -> RefusedTenant? in
                    guard let endpoint = target.endpoint,
                        let place = WriteDestination(of: endpoint, from: other, among: views),
                        place.view.name == view.name, services.contains(place.service.reference),
                        let tenant = group.tenant(of: target)
                    else { return nil }
                    return RefusedTenant(tenant, of: agent, writingTo: endpoint, in: other)
                }
            }
        }
    }

    /// What the receivers said last in their logs, once for each tenant.
    static func logged(
        in logs: [ContainerLog], now: Double, _ view: ClusterView
    ) -> [RefusedTenant] {
        var seen: Set<String> = []
        return logs.current.flatMap { log in
            log.lines.reversed().compactMap { line in
                guard let tenant = tenant(in: line), seen.insert(tenant).inserted else {
                    return nil
                }
                let record = LogRecord(line)
                let error = record.error ?? line
                return RefusedTenant(
                    tenant: tenant,
                    evidence: EvidenceItem(
                        "logs", "pod \(log.pod.name), tenant \(tenant): \(error)",
                        command: log.showing(in: view)),
                    isCurrent: record.time.map { now - $0 <= ReceiverComplaint.recent } ?? true)
            }
        }
    }

    private static func tenant(in line: String) -> String? {
        if line.contains("no matching hashring to handle tenant") {
            return LogRecord(line)["tenant"]
        }
        // The wording of an incident report; no release of Thanos prints it.
        guard line.contains("no such tenant: "),
            let place = line.firstRange(of: "no such tenant: ")
        else { return nil }
        return String(line[place.upperBound...].prefix { !"\" \\".contains($0) })
    }
}

extension RefusedTenant {
    fileprivate init(
        _ tenant: Marked<String>, of agent: Agent, writingTo endpoint: EndpointAddress,
        in view: ClusterView
    ) {
        self.tenant = tenant.value
        place = Place(tenant.range, "writes as tenant \(tenant.value)")
        self.agent = agent.reference
        home = view
        evidence = EvidenceItem(
            view.isCluster ? "cluster" : "manifest",
            "\(agent.reference) writes to \(endpoint) as tenant \(tenant.value)",
            command: view.kubectl("get configmap -o yaml", namespace: agent.reference.namespace))
    }
}
