import CurlHTTP
import Evidence
import FoundationEssentials
import KubernetesModel
import MarkedYAML
import MetricsText
import NetworkProbes
import PipelineModel
import Synchronization

@testable import Gathering

/// A Prometheus that answers from a table, and clusters whose pods it may know.
final class PrometheusSite: HTTPTransport {
    /// What is asked for; each query has one of these shapes.
    enum Question: Hashable, Sendable {
        case targets, now, before
        case increases(seconds: Int)

        init(_ query: String) {
            if query.hasPrefix("up{") {
                self = .targets
            } else if query.hasPrefix("increase(") {
                let span = query.firstIndex(of: "[").map { query[query.index(after: $0)...] }
                self = .increases(seconds: span.flatMap { Int($0.prefix(while: \.isNumber)) } ?? 0)
            } else {
                self = query.contains(" offset ") ? .before : .now
            }
        }
    }

    enum Reply: Sendable {
        /// Series as `labels value`, such as `pod="r-0" 1`.
        case series([String])
        case body(Int, String, String)
        case failure(TransportFailure)
    }

    private let replies: [Question: Reply]
    private let asked = Mutex<[String]>([])

    init(_ replies: [Question: Reply]) { self.replies = replies }

    /// The URLs, with their escapes.
    var requests: [String] { asked.withLock(\.self) }

    func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPResponse {
        asked.withLock { $0.append(request.url) }
        let query = URLComponents(string: request.url)?.queryItems?.first { $0.name == "query" }
        switch replies[Question(query?.value ?? "")] ?? .series([]) {
        case .series(let lines): return Self.response(200, Self.vector(lines), "application/json")
        case .body(let status, let text, let type):
            return Self.response(status, text, type, limit: request.maxBodyBytes)
        case .failure(let failure): throw failure
        }
    }

    private static func response(
        _ status: Int, _ text: String, _ type: String, limit: Int = .max
    ) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": type], body: Array(text.utf8.prefix(limit)),
            isTruncated: text.utf8.count > limit)
    }

    static func vector(_ lines: [String], more: String = "") -> String {
        let result = lines.map { line in
            let words = line.split(separator: " ")
            let labels = words[0].split(separator: ",").map { pair in
                pair.replacing("=\"", with: "\":\"").withQuoteInFront
            }
            return "{\"metric\":{\(labels.joined(separator: ","))},\"value\":[1,\"\(words[1])\"]}"
        }
        return "{\"status\":\"success\"\(more),\"data\":{\"resultType\":\"vector\",\"result\":["
            + result.joined(separator: ",") + "]}}"
    }
}

extension StringProtocol {
    fileprivate var withQuoteInFront: String { "\"" + self }
}

extension PrometheusSite {
    /// A cluster with receivers `m/r-N`, of which some were scraped and some refused.
    static func cluster(
        _ name: String = "central", scraped: [String] = [], refused: [String] = [],
        addresses: [String: String] = [:], agentLabels: String? = nil
    ) -> Gathered {
        let objects =
            [receiver] + (scraped + refused).map { pod($0, addresses[$0]) }
            + (agentLabels.map(agent) ?? [])
        let all = objects.flatMap { text in
            YAMLReader.stream(SourceText(name: "objects", text: text)).documents
        }.compactMap { KubernetesObject($0) }
        var view = ClusterView(
            name: name, source: .cluster, objects: Objects(all), pipeline: Pipeline(Objects(all)))
        view.metrics = Observed(
            scraped.map { pod in
                ScrapedPod(
                    pod: reference(pod), page: page("a_total 5\n"), later: page("a_total 5\n"),
                    seconds: 5)
            })
        var gathered = Gathered(views: [view])
        gathered.unscraped = refused.map { pod in
            UnscrapedPod(
                cluster: name, pod: reference(pod),
                failure: AccessFailure(.forbidden, source: "metrics", "forbidden: \(pod)"))
        }
        return gathered
    }

    static func reference(_ pod: String) -> ObjectReference {
        ObjectReference(kind: "Pod", namespace: "m", name: pod)
    }

    private static func pod(_ name: String, _ address: String?) -> String {
        """
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"name": "\(name)", "namespace": "m",
          "ownerReferences": [{"kind": "StatefulSet", "name": "r", "controller": true}]},
         "spec": {"containers": []},
         "status": {\(address.map { "\"podIP\": \"\($0)\", " } ?? "")
          "containerStatuses": [{"name": "c", "state": {"running": {}}}]}}
        """
    }

    private static let receiver = """
        {"apiVersion": "apps/v1", "kind": "StatefulSet",
         "metadata": {"name": "r", "namespace": "m"},
         "spec": {"template": {"spec": {"containers": [
          {"name": "c", "args": ["receive", "--tsdb.path=/d", "--http-address=0.0.0.0:10902"]}]}}}}
        """

    /// An agent that runs nothing, and adds these labels.
    private static func agent(_ labels: String) -> [String] {
        let text =
            "global: {external_labels: {\(labels)}}\\nremote_write: [{url: http://r:19291/x}]"
        return [
            """
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "m"},
             "data": {"p.yml": "\(text)"}}
            """,
            """
            {"apiVersion": "apps/v1", "kind": "StatefulSet",
             "metadata": {"name": "a", "namespace": "m"},
             "spec": {"template": {"spec": {
              "volumes": [{"name": "v", "configMap": {"name": "a"}}],
              "containers": [{"name": "p", "image": "prom/prometheus:v3.1.0",
               "args": ["--agent", "--config.file=/etc/p/p.yml"],
               "volumeMounts": [{"name": "v", "mountPath": "/etc/p"}]}]}}}}
            """,
        ]
    }
}

extension PrometheusSite {
    /// What the gatherer makes of the clusters, once it is settled who was read by nobody.
    func filled(
        _ clusters: Gathered..., url: String = "http://127.0.0.1:9090", window: Int = 3600,
        only networks: [String] = []
    ) async -> Gathered {
        let plan = GatheringPlan([
            EvidenceNeed(EvidenceKey.receiverRates("a_total")),
            EvidenceNeed(EvidenceKey.receiverMetrics("b")),
        ])
        var gathered = clusters.reduce(Gathered(), +)
        await PrometheusGatherer(
            url: url, transport: self, policy: ProbePolicy(only: networks.compactMap { CIDR($0) }),
            plan: plan, window: window, limit: .seconds(30)
        ).fill(&gathered)
        gathered.settleUnscraped()
        return gathered
    }

    private static func page(_ text: String) -> MetricsPage {
        MetricsReader.page(text, families: ["a_total", "b"])
    }
}
