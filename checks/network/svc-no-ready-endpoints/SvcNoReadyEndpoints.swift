import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let svcNoReadyEndpoints = Check(
        "svc-no-ready-endpoints",
        severity: .critical,
        stage: .postRollout,
        summary: "A Service in front of receivers has no ready endpoint",
        why: """
            A Service sends only to ready pods. With none, Cilium refuses the connection and other \
            networks drop it, so that every remote write to the Service fails.
            """,
        fix: """
            Mend what keeps the pods behind it from being ready. Do not publish addresses that are \
            not ready on a Service that clients write to.
            """,
        needs: .receiverServices, .endpointSlices, .optional(.receiverPods), .view,
        references: [
            "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/"
        ],
        examples: svcNoReadyEndpointsExamples
    ) { services, slices, running, view in
        services.filter { !$0.isHeadless && !isScaledToZero($0, view) }.compactMap { service in
            let behind = slices.filter {
                $0.service == service.reference.name && $0.namespace == service.namespace
            }
            let endpoints = behind.flatMap(\.endpoints)
            guard !endpoints.contains(where: \.isReady) else { return nil }
            return finding(
                service, slices: behind.count, endpoints: endpoints.count, running ?? [], view)
        }
    }
}

private func isScaledToZero(_ service: ServiceObject, _ view: ClusterView) -> Bool {
    view.pipeline.receivers(behind: service.reference).allSatisfy { $0.workload.replicas == 0 }
}

private func finding(
    _ service: ServiceObject, slices: Int, endpoints: Int, _ running: ByOwner<RunningGroup>,
    _ view: ClusterView
) -> Finding {
    let workloads = view.pipeline.receivers(behind: service.reference).map(\.reference)
    let seen =
        slices == 0 ? "it has no EndpointSlice" : "0 of \(counted(endpoints, "endpoint")) ready"
    return Finding(
        "no ready endpoint stands behind the Service: \(seen)",
        object: service.reference, at: service.object.range,
        evidence: [
            EvidenceItem(
                "cluster", seen,
                command: view.kubectl(
                    "get endpointslices -l kubernetes.io/service-name=\(service.reference.name)",
                    namespace: service.namespace))
        ] + reasons(running.filter { workloads.contains($0.group.reference) }, view),
        repair: Repair(
            command: workloads.first.map {
                view.kubectl(
                    "describe \($0.kind.lowercased()) \($0.name)", namespace: $0.namespace)
            },
            text: "mend what keeps the pods behind it from being ready"),
        about: workloads)
}

/// Why the pods behind it are not ready, in the words of the kubelet.
private func reasons(_ running: [RunningGroup], _ view: ClusterView) -> [EvidenceItem] {
    running.flatMap(\.pods).filter { !$0.isReady }.prefix(3).compactMap { pod in
        pod.readiness?["message"]?.string.map { message in
            EvidenceItem(
                "cluster", "pod \(pod.name): \(message)",
                command: view.kubectl("get pod \(pod.name) -o wide", namespace: pod.namespace))
        }
    }
}
