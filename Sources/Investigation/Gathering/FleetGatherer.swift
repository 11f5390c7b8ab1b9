import Evidence
import KubernetesAPI

/// Looks at several clusters at once; one that cannot be seen leaves the others as they are.
package struct FleetGatherer: Sendable {
    /// What became of the way to one cluster.
    package enum Opened: Sendable {
        case cluster(ClusterGatherer)
        case unseen(UnseenCluster)
    }

    /// Finds the way to one cluster, which may take as long as a credential plug-in does.
    package typealias Opening = @Sendable () async throws -> Opened

    private let openings: [Opening]
    /// Who remembers metrics of the clusters' pods.
    private let prometheus: PrometheusGatherer?

    package init(_ openings: [Opening], prometheus: PrometheusGatherer? = nil) {
        self.openings = openings
        self.prometheus = prometheus
    }

    private struct Part: Sendable {
        var gathered: Gathered
        /// Nil for a cluster that was not even spoken to.
        let cluster: ClusterGatherer?
    }

    /// What they show, in the order in which they were named.
    package func gather() async throws -> Gathered {
        var parts = try await withThrowingTaskGroup(of: (Int, Part).self) { group in
            for (index, opening) in openings.enumerated() {
                group.addTask { (index, try await Self.part(opening)) }
            }
            let parts = try await group.reduce(into: [Int: Part]()) { $0[$1.0] = $1.1 }
            return parts.sorted { $0.key < $1.key }.map(\.value)
        }
        // Which series ought to arrive is known once all agents are.
        let queries = QueryEvidence(parts.flatMap(\.gathered.views))
        for index in parts.indices {
            guard let cluster = parts[index].cluster, cluster.plan.sources.contains(.query) else {
                continue
            }
            await queries.fill(&parts[index].gathered, through: cluster.client)
        }
        var gathered = parts.map(\.gathered).reduce(Gathered(), +)
        // With one pod name in two clusters, nobody could tell whose series these are.
        await prometheus?.fill(&gathered)
        gathered.settleUnscraped()
        return gathered
    }

    private static func part(_ opening: Opening) async throws -> Part {
        switch try await opening() {
        case .cluster(let cluster): Part(gathered: await cluster.gather(), cluster: cluster)
        case .unseen(let cluster): Part(gathered: cluster.gathered, cluster: nil)
        }
    }
}
