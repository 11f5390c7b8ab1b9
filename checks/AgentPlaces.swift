import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Agent {
    /// Where it is told to write to an address; the agent itself when that is not known.
    func range(writingTo endpoint: EndpointAddress?) -> SourceRange? {
        let named = remoteWrites.first { endpoint != nil && $0.endpoint == endpoint }
        let only = remoteWrites.count == 1 ? remoteWrites.first : nil
        return (named ?? only)?.url.range ?? range
    }

    /// Shows the object that runs it, or that asks for it; nil for a bare file.
    func command(in view: ClusterView) -> String? {
        guard workload != nil || resource != nil else { return nil }
        return view.kubectl(
            "get \(reference.kind.lowercased()) \(reference.name) -o yaml",
            namespace: reference.namespace)
    }

    /// Shows some of a pod's metrics.
    func metricsCommand(_ pod: ObjectReference, _ pattern: String, in view: ClusterView) -> String {
        view.metricsCommand(of: pod, port: metricsPort, pattern)
    }

    /// What a pod's counters show, with the time in which they grew and a command that asks again.
    func growth(
        _ what: String, of pod: ObjectReference, _ pattern: String, in view: ClusterView
    ) -> EvidenceItem {
        EvidenceItem(
            "cluster", "pod \(pod.name)\(what)\(view.ratePeriod(of: pod))",
            command: view.rateCommand(of: pod, port: metricsPort, pattern))
    }

    private var metricsPort: Int {
        // Prometheus' default of --web.listen-address.
        flag("web.listen-address").flatMap { ListenAddress($0.value)?.port } ?? 9090
    }
}

extension ClusterView {
    /// Whether the manifests hold several versions of an agent, a base and its overlays say, so
    /// that nobody knows which of them counts.
    func hasVariants(of agent: Agent) -> Bool {
        guard case .manifests(isComplete: false) = source else { return false }
        let reference = agent.reference
        if let workload = agent.workload, !otherManifests(of: workload).isEmpty { return true }
        if objects.of(kind: reference.kind, named: reference.name).count > 1 { return true }
        let maps = (agent.workload?.podSpec?.volumes ?? []).compactMap { volume -> String? in
            if case .configMap(let name) = volume.source { name } else { nil }
        }
        return maps.contains { objects.of(kind: "ConfigMap", named: $0).count > 1 }
    }

    /// Whether what its objects say of an agent is what runs.
    func isDefinitive(for agent: Agent) -> Bool {
        switch source {
        case .cluster: true
        case .manifests(let isComplete): isComplete
        case .endpoints: false
        }
    }
}
