package import KubernetesModel
package import PipelineModel

extension EvidenceKey where Value == [ReceiverGroup] {
    /// Workloads that run `thanos receive`.
    package static var receivers: EvidenceKey<[ReceiverGroup]> {
        EvidenceKey(
            "receivers",
            resources: [
                .statefulSets, .deployments, .daemonSets, .pods, .services, .configMaps,
            ]
        ) { _, view in
            view.reading(
                of: view.pipeline.receivers, kinds: "StatefulSet", optionally: "Deployment",
                absent: "no thanos receive here")
        }
    }

    /// The same with the ConfigMaps that they mount: without those the hashrings are not known.
    package static var receiverFiles: EvidenceKey<[ReceiverGroup]> {
        EvidenceKey("receiver-files", resources: receivers.resources) { _, view in
            view.reading(
                of: view.pipeline.receivers, kinds: "StatefulSet",
                optionally: "Deployment", "ConfigMap", absent: "no thanos receive here")
        }
    }
}

extension EvidenceKey where Value == [Agent] {
    /// Prometheus agents, what does the same work, and bare Prometheus configurations.
    package static var agents: EvidenceKey<[Agent]> {
        EvidenceKey(
            "agents",
            resources: [
                .statefulSets, .deployments, .daemonSets, .configMaps, .secrets, .prometheusAgents,
            ]
        ) { _, view in
            view.reading(
                of: view.pipeline.agents, kinds: "StatefulSet", optionally: "Deployment",
                "DaemonSet", "PrometheusAgent", "Secret", absent: "no Prometheus agent here")
        }
    }
}

extension EvidenceKey where Value == [Leftover] {
    /// Full Prometheus servers, Alertmanagers and Grafanas.
    package static var leftovers: EvidenceKey<[Leftover]> {
        EvidenceKey(
            "leftovers",
            resources: [
                .statefulSets, .deployments, .pods, .prometheuses, .alertmanagers, .configMaps,
            ]
        ) { _, view in
            view.reading(
                of: view.pipeline.leftovers, kinds: "StatefulSet", optionally: "Deployment",
                "Pod", absent: nil)
        }
    }
}

extension EvidenceKey where Value == [Workload] {
    /// Everything that runs pods.
    package static var workloads: EvidenceKey<[Workload]> {
        EvidenceKey(
            "workloads",
            resources: [.statefulSets, .deployments, .daemonSets, .cronJobs, .pods]
        ) { _, view in
            view.reading(
                of: view.pipeline.workloads, kinds: "StatefulSet", optionally: "Deployment",
                "DaemonSet", "CronJob", absent: "no workload here")
        }
    }
}

extension EvidenceKey where Value == [ServiceObject] {
    /// Services in front of receivers.
    package static var receiverServices: EvidenceKey<[ServiceObject]> {
        EvidenceKey(
            "receiver-services", resources: [.services, .statefulSets, .deployments]
        ) { _, view in
            view.reading(
                of: view.pipeline.receiverServices, kinds: "Service", "StatefulSet",
                absent: "no Service in front of a receiver")
        }
    }
}

extension EvidenceKey where Value == [IngressObject] {
    /// Ingresses that send to a receiver.
    package static var receiverIngresses: EvidenceKey<[IngressObject]> {
        EvidenceKey("receiver-ingresses", resources: [.ingresses, .services, .statefulSets]) {
            _, view in
            view.reading(
                of: view.pipeline.receiverIngresses, kinds: "Ingress", "Service",
                absent: "no Ingress in front of a receiver")
        }
    }
}

extension EvidenceKey where Value == [ArgoApplication] {
    /// ArgoCD Applications.
    package static var applications: EvidenceKey<[ArgoApplication]> {
        EvidenceKey("applications", resources: [.applications]) { _, view in
            view.reading(
                of: view.pipeline.applications, kinds: "Application",
                absent: "no ArgoCD Application here")
        }
    }
}

extension EvidenceKey where Value == Pipeline {
    /// The whole picture, for checks that follow references through it.
    package static var pipeline: EvidenceKey<Pipeline> {
        EvidenceKey("pipeline", resources: [.services, .configMaps, .statefulSets]) { _, view in
            let missing = ["StatefulSet", "Service"].compactMap { view.missingKinds[$0] }
            return .known(view.pipeline, gaps: missing)
        }
    }
}

extension EvidenceKey where Value == ClusterView {
    /// Where the evidence was seen, for commands and for what is known to be complete.
    package static var view: EvidenceKey<ClusterView> {
        EvidenceKey("view") { _, view in .known(view) }
    }

    /// The view of an API server, for what only a cluster shows.
    package static var cluster: EvidenceKey<ClusterView> {
        EvidenceKey("cluster") { _, view in
            view.isCluster
                ? .known(view) : .missing(.notConfigured("cluster", needs: "a cluster"))
        }
    }

    /// The view of files, for what is only asked of them.
    package static var manifests: EvidenceKey<ClusterView> {
        EvidenceKey("manifests") { _, view in
            switch view.source {
            case .manifests: .known(view)
            case .cluster, .endpoints: .missing(.notConfigured("manifests", needs: "manifests"))
            }
        }
    }
}

extension EvidenceKey where Value == ClusterView {
    /// The manifests that were given together with a cluster, seen from the cluster.
    package static var manifestTwin: EvidenceKey<ClusterView> {
        EvidenceKey("manifest-twin") { snapshot, view in
            let manifests = snapshot.view { source in
                switch source {
                case .manifests: true
                case .cluster, .endpoints: false
                }
            }
            guard view.isCluster, let manifests else {
                return .missing(
                    .notConfigured("manifests", needs: "manifests together with a cluster"))
            }
            return .known(manifests)
        }
    }
}

extension EvidenceKey where Value == Double {
    /// The start of the run, in seconds since 1970.
    package static var now: EvidenceKey<Double> {
        EvidenceKey("now") { snapshot, _ in .known(snapshot.now) }
    }
}

extension ClusterView {
    /// A list with what is missing around it: nothing without its main kind, gaps for the others.
    func reading<Element: Sendable>(
        of list: [Element], kinds: String..., optionally others: String..., absent: String?
    ) -> Reading<[Element]> {
        for kind in kinds {
            if list.isEmpty, let missing = missingKinds[kind] { return .missing(missing) }
        }
        if list.isEmpty, let absent {
            let ignorance = others.compactMap { missingKinds[$0] }
            return .missing(ignorance.first ?? .notApplicable(absent))
        }
        return .known(list, gaps: (kinds + others).compactMap { missingKinds[$0] })
    }
}
