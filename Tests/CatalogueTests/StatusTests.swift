import CheckCatalogue
import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel
import Testing

@Suite("What checks say of what they cannot see")
struct StatusTests {
    private static let receiver = """
        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - {name: receive, image: "thanos:v0.37.2", args: [receive, --objstore.config=x]}
        """

    /// Checks that only an API server, a log, a probe or Thanos Query can answer.
    private static let liveOnly = [
        "receiver-crashloop", "svc-no-ready-endpoints", "ingress-no-address",
        "rw-probe-400-expected", "gitops-live-drift", "e2e-series-missing",
    ]

    @Test("Manifests alone skip what only a cluster shows", arguments: liveOnly)
    func manifestsSkipLiveChecks(id: String) throws {
        let result = try #require(outcome(of: id, over: ExampleBundle(Self.receiver).snapshot))
        #expect(result.status == .skipped, "\(result.reason ?? "")")
    }

    @Test(
        "Nothing of the pipeline, nothing judged",
        arguments: ["missing-fsgroup", "l2-policy-missing"])
    func unrelatedManifestsAreSkipped(id: String) throws {
        let bundle = "-- shop.yaml --\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}"
        let result = try #require(outcome(of: id, over: ExampleBundle(bundle).snapshot))
        #expect(result.status == .skipped)
    }

    @Test(
        "What the API server forbids is unknown, not passed",
        arguments: [
            ("hashring-file-not-mounted", "ConfigMap"), ("receiver-crashloop", "Pod"),
            ("svc-no-ready-endpoints", "EndpointSlice"), ("missing-fsgroup", "StatefulSet"),
        ])
    func forbiddenIsUnknown(id: String, kind: String) throws {
        let whole = try #require(ExampleBundle(Self.live).snapshot.views.first)
        let objects = Objects(whole.objects.all.filter { $0.kind != kind })
        let missing = MissingEvidence(.forbidden, source: "cluster", "forbidden: list \(kind)")
        let view = ClusterView(
            name: "prod", source: .cluster, objects: objects, pipeline: Pipeline(objects),
            missingKinds: [kind: missing])
        let result = try #require(outcome(of: id, over: Snapshot(views: [view], now: 0)))
        #expect(result.status == .unknown)
        #expect(result.reason == "forbidden: list \(kind)")
    }

    private static let live = """
        -- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec:
              securityContext: {fsGroup: 1001}
              containers:
                - name: receive
                  image: thanos:v0.37.2
                  args: [receive, --receive.hashrings-file=/etc/rings/rings.json]
                  volumeMounts: [{name: rings, mountPath: /etc/rings}]
              volumes: [{name: rings, configMap: {name: rings}}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {selector: {app: receiver}}
        """

    private func outcome(of id: String, over snapshot: Snapshot) -> CheckResult? {
        let checks = Catalogue.all.filter { $0.id == id }
        return Conclusion(judging: snapshot, with: checks, causes: Catalogue.causes).checks.first
    }
}
