import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// By what the series of an agent differ from those of every other.
struct AgentIdentity {
    let agent: Agent
    /// The cluster in which it runs.
    let view: ClusterView
    /// Labels that somebody chose and that hold a value.
    let chosen: [String: LabelValue]
    /// All labels, those that the operator adds included.
    let sent: [String: LabelValue]

    /// Nil when it is not known, or when rules set labels of their own before sending.
    init?(_ agent: Agent, in view: ClusterView) {
        guard agent.isPrometheus, !agent.remoteWrites.isEmpty, let labels = agent.sentLabels,
            let external = agent.externalLabels, !agent.setsLabels,
            !labels.values.contains(.unknown)
        else { return nil }
        self.agent = agent
        self.view = view
        sent = labels.filter { $0.value != .fixed("") }
        chosen = sent.filter { name, value in
            if case .perPod = value { return false }
            return external.written[name] != nil
        }
    }

    /// Whether a receiver could not tell the series of the two apart, in the same place and for the
    /// same tenant.
    func collides(with other: AgentIdentity) -> Bool {
        sent == other.sent && hasSamePods(as: other) && sharedEndpoint(with: other) != nil
    }

    /// Pods are named after their workload; addresses and nodes are no two clusters' own.
    private func hasSamePods(as other: AgentIdentity) -> Bool {
        sent.values.allSatisfy { value in
            guard case .perPod(let field) = value else { return true }
            return field == "metadata.name" && agent.reference.name == other.agent.reference.name
                && agent.workload?.object.kind != "Deployment"
        }
    }

    /// An address outside the cluster to which both write as the same tenant.
    func sharedEndpoint(with other: AgentIdentity) -> EndpointAddress? {
        agent.remoteWrites.lazy.compactMap { target -> EndpointAddress? in
            guard let endpoint = target.endpoint, !endpoint.isClusterLocal else { return nil }
            let isShared = other.agent.remoteWrites.contains {
                $0.endpoint == endpoint && $0.headers == target.headers
            }
            return isShared ? endpoint : nil
        }.first
    }
}

extension EndpointAddress {
    /// Whether the name means another receiver in each cluster.
    fileprivate var isClusterLocal: Bool {
        !host.contains(".") && !host.contains(":")
            || host.hasSuffix(".svc") || host.contains(".svc.") || host == "127.0.0.1"
            || host.split(separator: ".").count == 2
    }
}

extension Agent {
    var isFile: Bool { workload == nil && resource == nil }

    /// Whether relabelling sets labels by itself, on the way out or in any scrape job.
    fileprivate var setsLabels: Bool {
        let outgoing = remoteWrites.flatMap { $0.setting("write_relabel_configs").items }
        let jobs = configuration?.scrapeJobs.map(\.node) ?? []
        let incoming = jobs.flatMap {
            $0["relabel_configs"].items + $0["metric_relabel_configs"].items
        }
        let hasLabels = jobs.contains { job in
            job["static_configs"].items.contains { $0["labels"] != nil }
        }
        return hasLabels
            || outgoing.contains { rule in
                let target = (rule["target_label"] ?? rule["targetLabel"])?.string
                return target?.hasPrefix("__") == false
            }
            || incoming.contains { rule in
                let target = rule["target_label"]?.string
                return target?.hasPrefix("__") == false && rule["source_labels"] == nil
            }
    }

    /// Whether its replicas divide the targets among them.
    var dividesTargets: Bool {
        (configuration?.scrapeJobs ?? []).contains { job in
            job.node["relabel_configs"].items.contains { $0["action"]?.string == "hashmod" }
        }
    }
}
