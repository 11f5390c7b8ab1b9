import CurlHTTP
import Evidence
import KubernetesAPI
import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

@testable import Gathering

/// What is asked of an API server, and what is made of its answers.
@Suite("Gathering from a cluster")
struct ClusterGathererTests {
    private static let receiver = """
        {"apiVersion": "apps/v1", "kind": "StatefulSet",
         "metadata": {"name": "r", "namespace": "m"},
         "spec": {"selector": {"matchLabels": {"app": "r"}},
          "template": {"metadata": {"labels": {"app": "r"}},
           "spec": {"containers": [{"name": "c", "args": ["receive", "--tsdb.path=/d"]}]}}}}
        """

    private static func pod(_ name: String, restarts: Int) -> String {
        """
        {"metadata": {"name": "\(name)", "namespace": "m", "labels": {"app": "r"},
          "ownerReferences": [{"kind": "StatefulSet", "name": "r", "controller": true}]},
         "spec": {"containers": [{"name": "c", "args": ["receive", "--tsdb.path=/d"]}]},
         "status": {"containerStatuses": [{"name": "c", "restartCount": \(restarts)}]}}
        """
    }

    private static func list(_ items: String...) -> ScriptedTransport.Reply {
        let text =
            "{\"kind\": \"List\", \"metadata\": {}, \"items\": ["
            + items.joined(separator: ",") + "]}"
        return .response(
            HTTPResponse(
                status: 200, headers: ["Content-Type": "application/json"],
                body: Array(text.utf8)))
    }

    private static func denied(
        _ resource: String, in namespace: String?
    ) -> ScriptedTransport.Reply {
        let place = namespace.map { "in the namespace \\\"\($0)\\\"" } ?? "at the cluster scope"
        let text = """
            {"kind": "Status", "status": "Failure", "reason": "Forbidden", "code": 403,
             "message": "\(resource) is forbidden: User \\"jane\\" cannot list resource \
            \\"\(resource)\\" in API group \\"\\" \(place)"}
            """
        return .response(
            HTTPResponse(
                status: 403, headers: ["Content-Type": "application/json"],
                body: Array(text.utf8)))
    }

    private static func gathered(
        _ plan: GatheringPlan, scope: ClusterGatherer.Scope = .everywhere,
        from transport: ScriptedTransport
    ) async -> Gathered {
        let connection = ClusterConnection(server: "http://127.0.0.1:1", namespace: "m")
        let client = KubernetesClient(
            connection, transport: transport, budget: RequestBudget(total: .seconds(30)))
        return await ClusterGatherer(
            client: client, name: "central", scope: scope, plan: plan, kubectlFlags: "",
            probes: nil
        ).gather()
    }

    private static func plan(
        _ resources: ResourceType..., sources: Set<EvidenceSource> = []
    ) -> GatheringPlan {
        let key = EvidenceKey<Int>("key", resources: resources, sources: sources) { _, _ in
            .known(0)
        }
        return GatheringPlan([EvidenceNeed(key)])
    }

    @Test("the log before the last restart is read where there was one")
    func previousLogs() async {
        let transport = ScriptedTransport([
            .init(.get, "/apis/apps/v1/statefulsets?limit=500", Self.list(Self.receiver)),
            .init(
                .get, "/api/v1/pods?limit=500",
                Self.list(Self.pod("r-0", restarts: 3), Self.pod("r-1", restarts: 0))),
        ])
        _ = await Self.gathered(
            Self.plan(.pods, .statefulSets, sources: [.logs]), from: transport)
        let logs = transport.requests.map(\.url).filter { $0.contains("/log?") }
        #expect(logs.count == 3)
        #expect(logs.count { $0.contains("r-0/log?") && $0.contains("previous=true") } == 1)
        #expect(logs.count { $0.contains("r-1/log?") && $0.contains("previous=true") } == 0)
        #expect(
            logs.allSatisfy { $0.contains("tailLines=500") && $0.contains("limitBytes=1048576") })
        #expect(transport.unused.isEmpty)
    }

    @Test("who may not list everywhere reads the context's own namespace")
    func ownNamespace() async {
        let plan = Self.plan(.services)
        let transport = ScriptedTransport([
            .init(.get, "/api/v1/services?limit=500", Self.denied("services", in: nil)),
            .init(
                .get, "/api/v1/namespaces/m/services?limit=500",
                Self.list("{\"metadata\": {\"name\": \"s\", \"namespace\": \"m\"}}")),
        ])
        let gathered = await Self.gathered(plan, from: transport)
        #expect(gathered.gaps.isEmpty)
        #expect(gathered.views.first?.objects.all.map(\.name) == ["s"])
        #expect(gathered.views.first?.missingKinds == [:])
    }

    @Test("what is forbidden everywhere is missing, with the rule that would allow it")
    func forbidden() async {
        let plan = Self.plan(.services)
        let transport = ScriptedTransport([
            .init(.get, "/api/v1/services?limit=500", Self.denied("services", in: nil)),
            .init(
                .get, "/api/v1/namespaces/m/services?limit=500",
                Self.denied("services", in: "m")),
        ])
        let gathered = await Self.gathered(plan, from: transport)
        #expect(
            gathered.gaps.map(\.reason) == ["user jane may not list services in the whole cluster"])
        #expect(
            gathered.gaps.first?.remedy
                == #"- {apiGroups: [""], resources: ["services"], verbs: ["list"]}"#)
        #expect(gathered.views.first?.missingKinds["Service"]?.cause == .forbidden)
    }

    @Test("nothing is asked that no check needs, and of Secrets no list at all")
    func plan() async {
        let plan = Self.plan(.secrets, .nodes)
        let transport = ScriptedTransport([.init(.get, "/api/v1/nodes?limit=500", Self.list())])
        let gathered = await Self.gathered(plan, from: transport)
        #expect(transport.requests.map(\.url) == ["http://127.0.0.1:1/api/v1/nodes?limit=500"])
        #expect(gathered.gaps.isEmpty)
    }

    @Test("a namespace that is named is the only one read")
    func namespaces() async {
        let plan = Self.plan(.services)
        let transport = ScriptedTransport([
            .init(.get, "/api/v1/namespaces/a/services?limit=500", Self.list()),
            .init(.get, "/api/v1/namespaces/b/services?limit=500", Self.list()),
        ])
        _ = await Self.gathered(plan, scope: .namespaces(["a", "b"]), from: transport)
        #expect(transport.unused.isEmpty && transport.unexpected.isEmpty)
    }

    @Test("of a cluster that was never reached nothing is known")
    func unseen() {
        let gathered = UnseenCluster(name: "central", reason: "the plug-in failed").gathered
        #expect(gathered.gaps.map(\.reason) == ["the plug-in failed"])
        let missing = gathered.views.first?.missingKinds ?? [:]
        #expect(Set(missing.keys).isSuperset(of: ResourceType.all.map(\.kind)))
        #expect(missing.values.allSatisfy { $0.isIgnorance })
    }
}
