import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let internalPortsOnLb = Check(
        "internal-ports-on-lb",
        severity: .warning,
        stage: .preInstall,
        summary: "The receivers' internal ports are published",
        why: """
            Whoever reaches the address can read every stored series and write past tenant and \
            hashring through gRPC, and take memory profiles over HTTP. Neither port asks who \
            calls, unless it is told to ask for client certificates.
            """,
        fix: """
            Publish only the port of remote write, with allocateLoadBalancerNodePorts set to false \
            where the network allows it, and keep the other ports in a headless Service.
            """,
        needs: .receivers, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://kubernetes.io/docs/concepts/services-networking/service/",
        ],
        examples: internalPortsOnLbExamples
    ) { receivers, view in
        var seen: Set<ObjectReference> = []
        return receivers.flatMap { group in
            group.services.filter { ["LoadBalancer", "NodePort"].contains($0.type) }
                .filter { seen.insert($0.reference).inserted }
                .compactMap { finding($0, group, view) }
        }
    }
}

private struct InternalPort {
    let index: Int
    let port: ServiceObject.Port
    let number: Int
    let purpose: String
}

private func finding(
    _ service: ServiceObject, _ group: ReceiverGroup, _ view: ClusterView
) -> Finding? {
    let ports = service.ports.enumerated().compactMap { index, port -> InternalPort? in
        guard let target = group.containerPort(of: port), let number = port.number,
            let purpose = group.internalService(onPort: target),
            !group.asksWhoCalls(onPort: target)
        else { return nil }
        return InternalPort(index: index, port: port, number: number, purpose: purpose)
    }
    guard !ports.isEmpty else { return nil }
    let isBeside = service.ports.contains(where: group.takesWrites)
    let numbers = ports.map { String($0.number) }.joined(separator: ", ")
    return Finding(
        "the \(service.type) Service publishes \(ports.count == 1 ? "port" : "ports") \(numbers) "
            + (isBeside ? "beside remote write" : "of the receivers"),
        object: service.reference,
        // Who may write is not thereby meant to read everything.
        severity: service.isOpenToAll || isBeside ? nil : .info,
        alsoAt: ports.map { Place($0.port.node.range, $0.purpose) },
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                ports.map { "\($0.number): \($0.purpose)" }.joined(separator: "; "),
                command: view.kubectl(
                    "get service \(service.reference.name)", namespace: service.namespace))
        ],
        repair: repair(of: service, ports, group, view), about: [group.reference])
}

private func repair(
    of service: ServiceObject, _ ports: [InternalPort], _ group: ReceiverGroup,
    _ view: ClusterView
) -> Repair {
    // From the last to the first, so that no index moves.
    let steps = ports.reversed().flatMap { port -> [String] in
        let path = "/spec/ports/\(port.index)"
        return [
            "{\"op\":\"test\",\"path\":\"\(path)/port\",\"value\":\(port.number)}",
            "{\"op\":\"remove\",\"path\":\"\(path)\"}",
        ]
    }
    let names = ports.map { $0.port.name ?? String($0.number) }.joined(separator: ", ")
    let leavesOne = ports.count < service.ports.count
    let mayGo = group.offers(ports, elsewhereThan: service) && !view.names(service)
    return Repair(
        command: view.isCluster && leavesOne && mayGo
            ? view.kubectlPatch(
                service.reference, "[\(steps.joined(separator: ","))]", type: "json") : nil,
        text: (mayGo
            ? "" : "give Query, the other receivers and what scrapes a headless Service; then ")
            + "take the ports \(names) out of this Service"
            + (mayGo ? "; the headless Service keeps them" : ""))
}

extension ReceiverGroup {
    /// Whether a port is told to ask for certificates or passwords, as far as flags say it;
    /// nothing asks those who call by Cap'n Proto.
    fileprivate func asksWhoCalls(onPort port: Int) -> Bool {
        switch port {
        case grpcPort: flags.text(of: "--grpc-server-tls-client-ca")?.isEmpty == false
        case httpPort: flags.text(of: "--http.config")?.isEmpty == false
        case _: false
        }
    }

    /// Whether a headless Service leads to these ports, too.
    fileprivate func offers(_ ports: [InternalPort], elsewhereThan service: ServiceObject) -> Bool {
        services.contains { other in
            other.isHeadless && other.reference != service.reference
                && ports.allSatisfy { port in
                    other.ports.contains { containerPort(of: $0) == containerPort(of: port.port) }
                }
        }
    }
}

extension ClusterView {
    /// Whether an argument of a receiver or of another part of Thanos names a Service.
    fileprivate func names(_ service: ServiceObject) -> Bool {
        let arguments =
            pipeline.components.flatMap(\.container.arguments)
            + pipeline.receivers.flatMap(\.container.arguments)
        return arguments.contains { argument in
            [".", ":"].contains { argument.value.contains("\(service.reference.name)\($0)") }
        }
    }
}
