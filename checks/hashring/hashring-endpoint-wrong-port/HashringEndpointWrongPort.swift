import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let hashringEndpointWrongPort = Check(
        "hashring-endpoint-wrong-port",
        severity: .critical,
        summary: "A hashring names endpoints by something else than host and gRPC port",
        why: """
            Receivers forward over gRPC, by default to port 10901. Dialled on the port of remote \
            write or of HTTP, or by a URL, a node never answers: "error reading server preface", \
            then "target not available", and writes that lack a quorum end in 503.
            """,
        fix: """
            Write every endpoint as the pod's own name and the port of its --grpc-address, \
            "receiver-0.receiver.monitoring.svc.cluster.local:10901", without scheme and path, and \
            give --receive.local-endpoint the same text.
            """,
        needs: .receiverFiles, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/issues/3287",
        ],
        examples: hashringEndpointWrongPortExamples
    ) { receivers, view in
        RingFile.all(of: receivers).filter { !$0.mayBeReplaced(in: view) }.flatMap { file in
            let faults = EndpointFault.all(in: file, of: receivers)
            let shared = faults.isEmpty ? balanced(file, receivers, view) : nil
            return [finding(file, faults, view), shared].compactMap(\.self)
        }
    }
}

private func finding(
    _ file: RingFile, _ faults: [EndpointFault], _ view: ClusterView
) -> Finding? {
    guard let first = faults.first(where: \.isCertain) ?? faults.first else { return nil }
    let others = faults.count > 1 ? ", and \(faults.count - 1) more are as wrong" : ""
    let rest = faults.filter { $0.endpoint.address.range != first.endpoint.address.range }
    return Finding(
        "endpoint \(first.endpoint.address.value) \(first.what)\(others)",
        object: file.readers[0].reference,
        at: file.place(of: first.endpoint.address.range), label: first.what,
        severity: first.isCertain ? nil : .warning,
        confidence: first.isCertain ? .certain : .likely,
        alsoAt: file.configMap == nil
            ? [] : rest.prefix(4).map { Place($0.endpoint.address.range, $0.what) },
        evidence: [
            EvidenceItem(
                view.objectSource, "\(file.title) names \(first.endpoint.address.value)",
                command: file.showing(in: view))
        ],
        repair: Repair(
            edits: file.configMap == nil ? [] : faults.map(correction),
            command: file.editing(in: view),
            text: first.correction.map { "write \($0), and the other endpoints likewise" }
                ?? "write each endpoint as the pod's name and its gRPC port"),
        about: file.participants)
}

private func correction(_ fault: EndpointFault) -> TextEdit? {
    let address = fault.endpoint.address
    return fault.correction.flatMap {
        .replacing(address.value, with: $0, within: address.range)
    }
}

/// An endpoint that is a Service in front of several receivers: each copy lands on any of them.
private func balanced(
    _ file: RingFile, _ receivers: [ReceiverGroup], _ view: ClusterView
) -> Finding? {
    for endpoint in file.configuration.rings.flatMap(\.endpoints) {
        for group in receivers where group.flags.localEndpoint != endpoint.address.value {
            guard group.wantedPods > 1,
                let service = group.services.first(where: {
                    $0.clusterNames.contains(endpoint.host) || $0.object.name == endpoint.host
                })
            else { continue }
            return Finding(
                "endpoint \(endpoint.address.value) is the Service \(service.object.name), behind "
                    + "which stand \(counted(group.wantedPods, "receiver"))",
                object: file.readers[0].reference, at: file.place(of: endpoint.address.range),
                label: "any of several pods", severity: .warning, confidence: .likely,
                evidence: [
                    EvidenceItem(
                        view.objectSource, "\(service.reference) selects \(group.reference)",
                        command: view.kubectl(
                            "get service \(service.object.name) -o yaml",
                            namespace: service.namespace))
                ],
                repair: Repair(
                    command: file.editing(in: view),
                    text: "name each pod by its own name under a headless Service"),
                about: file.participants + [service.reference, group.reference])
        }
    }
    return nil
}
