import Evidence
import KubernetesModel
import PipelineModel

/// Probes the addresses that the user typed.
package struct EndpointGatherer: Sendable {
    package let urls: [String]
    private let probes: ProbeGatherer

    package init(urls: [String], probes: ProbeGatherer) {
        self.urls = urls
        self.probes = probes
    }

    /// Why a text is no address to probe; nil when it is one.
    package static func problem(with url: String) -> String? {
        guard EndpointAddress(url: url) == nil else { return nil }
        return "'\(url)' is no address to probe; write http://HOST:PORT or https://HOST:PORT"
    }

    package func gather() async -> Gathered {
        let (records, missing) = await probes.gather(ProbePlan(endpoints: urls))
        let nothing = Objects([])
        let view = ClusterView(
            name: "endpoints", source: .endpoints, objects: nothing,
            pipeline: Pipeline(nothing), probes: records, missingProbes: missing)
        return Gathered(views: [view])
    }
}
