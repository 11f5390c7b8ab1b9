import KubernetesModel
import MarkedYAML
import PipelineModel

/// What a full Prometheus does that an agent does too.
enum RepeatedWork: CustomStringConvertible {
    case writes(to: EndpointAddress)
    case scrapes(jobs: Int, agent: Agent)

    /// Nil when they differ, and when it is not known what the one or the other does.
    init?(of leftovers: [Leftover], and agents: [Agent]) {
        let configurations = leftovers.compactMap(\.configuration)
        let destinations = Set(configurations.flatMap(\.remoteWrites).compactMap(\.endpoint))
        let shared = agents.flatMap(\.remoteWrites).compactMap(\.endpoint)
            .first(where: destinations.contains)
        if let shared {
            self = .writes(to: shared)
            return
        }
        let jobs = Set(configurations.flatMap(\.scrapeJobs).map(\.name.value))
        let repeated = agents.compactMap { agent -> RepeatedWork? in
            let own = Set(agent.configuration?.scrapeJobs.map(\.name.value) ?? [])
            let both = own.intersection(jobs).count
            // One job of the same name says little.
            return both >= 2 && 2 * both >= own.count ? .scrapes(jobs: both, agent: agent) : nil
        }.first
        guard let repeated else { return nil }
        self = repeated
    }

    /// Whether the receivers get the same series twice.
    var isSent: Bool {
        if case .writes = self { true } else { false }
    }

    var description: String {
        switch self {
        case .writes(let endpoint): "writing to \(endpoint.host):\(endpoint.port) as the agent does"
        case .scrapes(let jobs, let agent):
            "scraping \(jobs) of the jobs of \(agent.reference) again"
        }
    }
}

extension Leftover {
    /// Whether it is a custom resource that names nothing to scrape.
    private var selectsNoTargets: Bool {
        let fields = [
            "serviceMonitorSelector", "podMonitorSelector", "probeSelector",
            "scrapeConfigSelector", "additionalScrapeConfigs",
        ]
        return reference.kind == "Prometheus" && object.spec?["ruleSelector"] != nil
            && fields.allSatisfy { object.spec?[$0] == nil }
    }

    /// Whether it is there for something that no agent does: a Thanos sidecar ships its blocks, or
    /// it scrapes nothing and only evaluates rules.
    func hasOwnPurpose(shippers: Set<ObjectReference>) -> Bool {
        guard program == .prometheus else { return false }
        let isShipping = shippers.contains(reference) || object.spec?["thanos"] != nil
        let isIdle = configuration.map { configuration in
            configuration.scrapeJobs.isEmpty && configuration.node["scrape_config_files"] == nil
        }
        return isShipping || isIdle == true || selectsNoTargets
    }
}
