package import CurlHTTP
package import Evidence
package import KubernetesAPI
import KubernetesModel
import MarkedYAML
package import NetworkProbes
import PipelineModel

/// Fills in what Thanos Query shows, once all clusters are known: their agents say which series
/// ought to arrive.
package struct QueryEvidence: Sendable {
    /// More edges are not asked after one by one.
    private static let mostSelectors = 100

    private let selectors: [String]

    /// Where clusters were asked their agents count, and not those of manifests beside them, such
    /// as a base that no cluster runs.
    package init(_ views: [ClusterView]) {
        let clusters = views.filter(\.isCluster)
        let asked = clusters.isEmpty ? views : clusters
        let all = Set(asked.flatMap(\.pipeline.agents).compactMap(\.expectedSeries))
        selectors = Array(all.sorted().prefix(Self.mostSelectors))
    }

    /// Asks the Queries of a cluster through its API server.
    package func fill(_ gathered: inout Gathered, through client: KubernetesClient) async {
        for index in gathered.views.indices where gathered.views[index].isCluster {
            let queries = gathered.views[index].pipeline.components.filter { $0.program == .query }
            guard !queries.isEmpty else { continue }
            var observed = Observed<QueryState>()
            for query in queries {
                do throws(QueryFailure) {
                    guard let gatherer = Self.gatherer(for: query, client) else { continue }
                    observed.items.append(try await gatherer.state(of: selectors))
                } catch {
                    gathered.note(error, in: &observed)
                }
            }
            gathered.views[index].queries = observed
        }
    }

    /// Asks a Query at an address that the user gave; it answers for the cluster of the receivers.
    package func fill(
        _ gathered: inout Gathered, from url: String, transport: any HTTPTransport,
        policy: ProbePolicy
    ) async {
        var observed = Observed<QueryState>()
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        do throws(QueryFailure) {
            if let reason = policy.refusal(ofURL: base) {
                throw QueryFailure(cause: .forbidden, "\(base.withoutCredentials): \(reason)")
            }
            let gatherer = QueryGatherer(address: .url(base), component: nil) {
                path throws(QueryFailure) in
                do throws(TransportFailure) {
                    return try await transport.send(HTTPRequest(.get, base + path))
                } catch {
                    throw QueryFailure(cause: .unreachable, "\(base): \(error.message)")
                }
            }
            observed.items.append(try await gatherer.state(of: selectors))
        } catch {
            gathered.note(error, in: &observed)
        }
        let central = gathered.views.firstIndex { !$0.pipeline.receivers.isEmpty }
        if let central {
            gathered.views[central].queries = observed
        } else {
            let nothing = Objects([])
            var view = ClusterView(
                name: "query", source: .endpoints, objects: nothing, pipeline: Pipeline(nothing))
            view.queries = observed
            gathered.views.append(view)
        }
    }

    /// The first pod that runs answers for all.
    private static func gatherer(
        for query: ThanosComponent, _ client: KubernetesClient
    ) -> QueryGatherer? {
        let name = query.container.name
        let pod = query.pods.first { pod in
            pod.containerStatuses.contains { $0.name == name && $0.isRunning }
        }
        guard let pod else { return nil }
        // thanos query --help: --http-address defaults to 0.0.0.0:10902.
        let stated = query.values(of: "--http-address").last.map(\.value)
        let port = ProxiedPort(
            .pods, namespace: pod.namespace ?? "default", name: pod.name,
            port: stated.flatMap { ListenAddress($0)?.port } ?? 10902)
        return QueryGatherer(
            address: .pod(pod.reference, port: port.port), component: query.reference
        ) { path throws(QueryFailure) in
            do throws(KubernetesFailure) {
                return try await client.proxy(port, path)
            } catch {
                let failure = AccessFailure(error, source: "query")
                throw QueryFailure(cause: failure.evidence.cause, failure.evidence.reason)
            }
        }
    }
}

extension Gathered {
    fileprivate mutating func note(_ failure: QueryFailure, in observed: inout Observed<QueryState>)
    {
        observed.missing.append(
            MissingEvidence(failure.cause, source: "query", failure.reason))
        gaps.append(Gap(source: "query", reason: failure.reason))
    }
}
