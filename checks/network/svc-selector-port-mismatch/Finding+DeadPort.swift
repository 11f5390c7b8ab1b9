import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Finding {
    /// A port of a Service that leads to none of the receivers' listeners.
    init?(
        deadPort port: ServiceObject.Port, of service: ServiceObject, _ groups: [ReceiverGroup],
        _ view: ClusterView
    ) {
        let faults = groups.map { PortFault(port, $0) }
        guard let fault = faults.first ?? nil, !faults.contains(where: { $0 == nil }),
            let group = groups.first
        else { return nil }
        // Another port may take the writes, or the Service may be there for something else: then
        // this one only does not do what it says.
        let isTaken = service.ports.contains { port in
            groups.contains { $0.takesWrites(on: port) } && port.transport == "TCP"
        }
        let reachesOthers = service.ports.contains { port in
            groups.contains { PortFault(port, $0) == nil }
        }
        let isEntrance = !isTaken && (!reachesOthers || isForWrites(port, of: service, view))
        let number = port.number.map(String.init) ?? "?"
        self.init(
            "port \(number) of the Service \(fault.text)", object: service.reference,
            at: (port.node["targetPort"] ?? port.node).range, label: fault.label,
            severity: isEntrance ? nil : .warning,
            evidence: [
                EvidenceItem(
                    view.isCluster ? "cluster" : "manifest",
                    "\(group.reference) listens on \(group.listeners)",
                    command: view.kubectl(
                        "get service \(service.object.name) -o jsonpath='{.spec.ports}'",
                        namespace: service.namespace))
            ],
            repair: rerouting(of: port, group, isEntrance: isEntrance),
            about: groups.map(\.reference))
    }
}

/// Whether a port is meant for remote write, by its number, its name or those who write to it.
private func isForWrites(
    _ port: ServiceObject.Port, of service: ServiceObject, _ view: ClusterView
) -> Bool {
    if port.number == 19291 || port.name?.contains("write") == true { return true }
    return view.pipeline.agents.flatMap(\.remoteWrites).compactMap(\.endpoint).contains {
        $0.port == port.number && view.pipeline.service(at: $0)?.reference == service.reference
    }
}

private func rerouting(
    of port: ServiceObject.Port, _ group: ReceiverGroup, isEntrance: Bool
) -> Repair {
    let wanted = group.remoteWritePort ?? 19291
    let target = port.node["targetPort"]
    let mends = isEntrance && port.transport == "TCP"
    return Repair(
        edits: mends ? target.map { [.replacing($0, with: String(wanted))] } ?? [] : [],
        text: isEntrance
            ? "let targetPort be \(wanted), the port of --remote-write.address, over TCP"
            : "let targetPort be one of \(group.listeners), over TCP")
}
