import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

/// A check that reports each object of a kind that carries the label of the check's id.
private func check(
    _ id: String, on kind: String, severity: Severity = .error, standsAlone: Bool = false
) -> Check {
    Check(
        id, severity: severity, summary: id, why: "why", fix: "fix", needs: .view, examples: []
    ) { view in
        view.objects.of(kind: kind).filter { $0.labels[id] == "yes" }.map {
            var finding = Finding("\(id) here", object: $0.reference, at: $0.range)
            finding.standsAlone = standsAlone
            return finding
        }
    }
}

/// A check that never knows.
private func blindCheck(_ id: String, _ cause: MissingEvidence.Cause) -> Check {
    let key = EvidenceKey<Int>("nothing") { _, _ in
        .missing(MissingEvidence(cause, source: "cluster", "forbidden: list pods"))
    }
    return Check(
        id, severity: .error, summary: id, why: "why", fix: "fix", needs: key, examples: []
    ) { _ in [] }
}

private func statefulSet(_ name: String, _ ids: String...) -> String {
    let labels = ids.map { "\($0): 'yes'" }.joined(separator: ", ")
    return """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: \(name), namespace: n, labels: {\(labels)}}
        spec:
          template:
            metadata: {labels: {app: \(name)}}
            spec:
              containers:
              - name: receive
                image: thanos:v0.41.0
                args: [receive, --receive.replication-factor=1]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: \(name), namespace: n, labels: {\(labels)}}
        spec: {selector: {app: \(name)}}
        """
}

/// A Prometheus agent that writes to the receivers behind the Service `r`.
private func agent(_ name: String, _ ids: String...) -> String {
    let labels = ids.map { "\($0): 'yes'" }.joined(separator: ", ")
    return """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: \(name), namespace: n, labels: {\(labels)}}
        spec:
          template:
            metadata: {labels: {app: \(name)}}
            spec:
              containers:
              - name: prometheus
                image: prom/prometheus:v2.53.0
                args: [--enable-feature=agent, --config.file=/etc/prometheus/prometheus.yml]
                volumeMounts: [{name: config, mountPath: /etc/prometheus}]
              volumes: [{name: config, configMap: {name: agent}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: agent, namespace: n}
        data:
          prometheus.yml: |
            remote_write: [{url: "http://r.n.svc:19291/api/v1/receive"}]
        """
}

private func conclude(_ manifests: [String], _ checks: [Check], _ graph: String) -> Conclusion {
    let bundle = "-- a.yaml --\n" + manifests.joined(separator: "\n---\n")
    return Conclusion(
        judging: ExampleBundle(bundle).snapshot, with: checks, causes: CauseGraph(text: graph))
}

@Suite("Causes before symptoms")
struct CausalFoldingTests {
    @Test("an effect on the Service is folded under its cause on the workload behind it")
    func foldsAcrossObjects() {
        let conclusion = conclude(
            [statefulSet("r", "cause", "effect")],
            [check("cause", on: "StatefulSet"), check("effect", on: "Service")],
            "cause -> effect")
        #expect(conclusion.findings.map(\.check) == ["cause", "effect"])
        #expect(conclusion.findings.map(\.id) == ["F1", "F2"])
        #expect(
            conclusion.rootCauses == [
                RootCause(finding: "F1", check: "cause", explains: ["F2"], blocks: [])
            ])
    }

    @Test("another workload's effect stands alone")
    func scopesMatter() {
        let conclusion = conclude(
            [statefulSet("a", "cause"), statefulSet("b", "effect")],
            [check("cause", on: "StatefulSet"), check("effect", on: "Service")],
            "cause -> effect")
        #expect(conclusion.rootCauses.map(\.check) == ["cause", "effect"])
    }

    @Test(
        "agents share the receivers: a fault there explains both, and one of an agent its own",
        arguments: [("r", ["a", "b"]), ("a", ["a"])])
    func sharedDestination(faulty: String, explained: [String]) throws {
        let conclusion = conclude(
            [
                statefulSet("r", faulty == "r" ? "cause" : "none"),
                agent("a", "effect", faulty == "a" ? "cause" : "none"), agent("b", "effect"),
            ],
            [check("cause", on: "StatefulSet"), check("effect", on: "StatefulSet")],
            "cause -> effect")
        let effects = conclusion.findings.filter { $0.check == "effect" }
        let root = try #require(conclusion.rootCauses.first { $0.check == "cause" })
        #expect(
            effects.filter { root.explains.contains($0.id) }.map(\.object.name).sorted()
                == explained)
    }

    @Test("without the cause the effect stands alone")
    func effectAlone() {
        let conclusion = conclude(
            [statefulSet("r", "effect")],
            [check("cause", on: "StatefulSet"), check("effect", on: "Service")],
            "cause -> effect")
        #expect(conclusion.rootCauses.map(\.check) == ["effect"])
    }

    @Test("what somebody wrote is nobody's effect, and may be a cause")
    func choicesStandAlone() {
        let choice = check("choice", on: "StatefulSet", standsAlone: true)
        let graph = "cause -> choice\nchoice -> effect"
        let conclusion = conclude(
            [statefulSet("r", "cause", "choice", "effect")],
            [check("cause", on: "StatefulSet"), choice, check("effect", on: "Service")], graph)
        #expect(conclusion.rootCauses.map(\.check).sorted() == ["cause", "choice"])
        #expect(conclusion.rootCauses.first { $0.check == "choice" }?.explains.count == 1)
    }

    @Test("paths lead through ids that have no check, or whose check could not look")
    func crossesTheUnknown() {
        for middle in [
            [], [blindCheck("middle", .forbidden)], [blindCheck("middle", .notConfigured)],
        ] {
            let conclusion = conclude(
                [statefulSet("r", "cause", "effect")],
                [check("cause", on: "StatefulSet"), check("effect", on: "Service")] + middle,
                "cause -> middle\nmiddle -> effect")
            #expect(conclusion.rootCauses.map(\.check) == ["cause"])
        }
    }

    @Test("paths never lead through a check that looked and found nothing")
    func stopsAtThePassed() {
        let conclusion = conclude(
            [statefulSet("r", "cause", "effect")],
            [
                check("cause", on: "StatefulSet"), check("middle", on: "StatefulSet"),
                check("effect", on: "Service"),
            ],
            "cause -> middle\nmiddle -> effect")
        #expect(conclusion.rootCauses.map(\.check) == ["cause", "effect"])
    }

    @Test("an effect with two causes stands under both")
    func twoCauses() {
        let conclusion = conclude(
            [statefulSet("r", "one", "two", "effect")],
            [
                check("one", on: "StatefulSet"), check("two", on: "StatefulSet"),
                check("effect", on: "Service"),
            ],
            "one -> effect\ntwo -> effect")
        #expect(conclusion.rootCauses.map(\.explains) == [["F2"], ["F2"]])
        #expect(conclusion.findings.map(\.check) == ["one", "effect", "two"])
    }

    @Test("roots are ordered by the worst that they explain, then by how much")
    func order() {
        let conclusion = conclude(
            [
                statefulSet("a", "warned"), statefulSet("b", "cause", "outage"),
                statefulSet("c", "broken"),
            ],
            [
                check("warned", on: "StatefulSet", severity: .warning),
                check("cause", on: "StatefulSet", severity: .warning),
                check("outage", on: "Service", severity: .critical),
                check("broken", on: "StatefulSet"),
            ],
            "cause -> outage")
        #expect(conclusion.rootCauses.map(\.check) == ["cause", "broken", "warned"])
    }

    @Test("judging on all cores comes to the same conclusion")
    func concurrently() async {
        let manifests = (0..<20).map { statefulSet("r\($0)", "cause", "effect") }
        let snapshot = ExampleBundle("-- a.yaml --\n" + manifests.joined(separator: "\n---\n"))
            .snapshot
        let checks = [check("cause", on: "StatefulSet"), check("effect", on: "Service")]
        let graph = CauseGraph(text: "cause -> effect")
        let one = Conclusion(judging: snapshot, with: checks, causes: graph)
        let other = await Conclusion.judging(snapshot, with: checks, causes: graph)
        #expect(one.rootCauses == other.rootCauses)
        #expect(one.findings.map(\.fingerprint) == other.findings.map(\.fingerprint))
        #expect(one.findings.count == 40)
    }

    @Test("thousands of findings are linked without comparing all pairs")
    func manyFindings() {
        let manifests = (0..<400).map { statefulSet("r\($0)", "cause", "effect") }
        let conclusion = conclude(
            manifests, [check("cause", on: "StatefulSet"), check("effect", on: "Service")],
            "cause -> effect")
        #expect(conclusion.rootCauses.count == 400)
        #expect(conclusion.rootCauses.allSatisfy { $0.explains.count == 1 })
    }
}

@Suite("Statuses")
struct StatusTests {
    private static func status(_ check: Check, _ others: Check...) -> CheckResult? {
        conclude([statefulSet("r", "present")], [check] + others, "").checks.first {
            $0.id == check.id
        }
    }

    @Test("what was forbidden is unknown, and the run incomplete")
    func forbidden() {
        let conclusion = conclude(
            [statefulSet("r")], [blindCheck("blind", .forbidden)], "")
        #expect(conclusion.checks.first?.status == .unknown)
        #expect(conclusion.checks.first?.reason == "forbidden: list pods")
        #expect(!conclusion.isComplete)
    }

    @Test("what nobody configured is skipped, and the run complete")
    func notConfigured() {
        let conclusion = conclude(
            [statefulSet("r")], [blindCheck("blind", .notConfigured)], "")
        #expect(conclusion.checks.first?.status == .skipped)
        #expect(conclusion.isComplete)
    }

    @Test("a need that is missing because of a broken object is blocked by its finding")
    func blocked() {
        let service = ObjectReference(kind: "Service", namespace: "n", name: "r")
        let blind = blindCheck("blind", .dependsOn(service))
        #expect(Self.status(blind)?.status == .unknown)
        let found = check("present", on: "Service")
        let conclusion = conclude([statefulSet("r", "present")], [blind, found], "")
        #expect(conclusion.checks.first { $0.id == "blind" }?.status == .blocked)
        #expect(conclusion.rootCauses.first?.blocks == ["blind"])
    }

    @Test("over many objects the worst counts")
    func worst() {
        #expect(CheckStatus.worst(of: [.skipped, .passed, .unknown]) == .unknown)
        #expect(CheckStatus.worst(of: [.passed, .blocked]) == .blocked)
        #expect(CheckStatus.worst(of: [.skipped, .passed]) == .passed)
        #expect(CheckStatus.worst(of: []) == .skipped)
    }

    @Test("a finding may lower its check's severity, never raise it")
    func severity() {
        let loud = Check(
            "loud", severity: .warning, summary: "s", why: "w", fix: "f", needs: .view,
            examples: []
        ) { view in
            view.objects.all.prefix(1).map {
                Finding("m", object: $0.reference, severity: .critical)
            }
        }
        let conclusion = conclude([statefulSet("r")], [loud], "")
        #expect(conclusion.findings.map(\.severity) == [.warning])
    }
}

@Suite("Manifests and live objects")
struct TwinTests {
    @Test("the same fault in a manifest and in the live object is one finding with the place")
    func merged() {
        let manifest = statefulSet("r", "cause")
        let bundle = "-- a.yaml --\n\(manifest)\n-- cluster/b.yaml --\n\(manifest)"
        let conclusion = Conclusion(
            judging: ExampleBundle(bundle).snapshot, with: [check("cause", on: "StatefulSet")],
            causes: CauseGraph(text: ""))
        #expect(conclusion.findings.count == 1)
        #expect(conclusion.findings.first?.cluster == "example")
        #expect(conclusion.findings.first?.places.first?.range.source.name == "a.yaml")
    }
}

@Suite("The graph of causes")
struct CauseGraphTests {
    @Test("a cycle is found")
    func cycle() {
        #expect(CauseGraph(text: "a -> b\nb -> c\nc -> a").cycle != nil)
        #expect(CauseGraph(text: "a -> b, c\nb -> c").cycle == nil)
    }

    @Test("comments and blank lines are left out")
    func comments() {
        let graph = CauseGraph(text: "# a -> b\n\nb -> c, d\n")
        #expect(graph.effects(of: "b") == ["c", "d"])
        #expect(graph.causes(of: "c") == ["b"])
        #expect(graph.ids == ["b", "c", "d"])
    }
}

@Suite("The nearest cause")
struct NearestCauseTests {
    @Test("a cause that is seen goes before one that is only reached through ids nobody saw")
    func seenBeforeGuessed() {
        let conclusion = conclude(
            [statefulSet("r", "near", "far", "effect")],
            [
                check("near", on: "StatefulSet"),
                check("far", on: "StatefulSet", severity: .warning),
                check("effect", on: "Service"),
            ],
            "near -> effect\nfar -> unseen\nunseen -> effect")
        #expect(conclusion.rootCauses.map(\.check) == ["near", "far"])
        #expect(conclusion.rootCauses.map(\.explains.count) == [1, 0])
    }
}

@Suite("Several clusters")
struct SeveralClustersTests {
    private func view(_ name: String, _ id: String) -> ClusterView {
        let manifest = statefulSet("r", id)
        let snapshot = ExampleBundle("-- a.yaml --\n\(manifest)").snapshot
        return ClusterView(
            name: name, source: .manifests(isComplete: false),
            objects: snapshot.views[0].objects, pipeline: snapshot.views[0].pipeline)
    }

    @Test("a cause in one set of manifests explains nothing in another")
    func apart() {
        let snapshot = Snapshot(
            views: [view("one", "cause"), view("two", "effect")], now: 0)
        let conclusion = Conclusion(
            judging: snapshot,
            with: [check("cause", on: "StatefulSet"), check("effect", on: "Service")],
            causes: CauseGraph(text: "cause -> effect"))
        #expect(conclusion.rootCauses.map(\.check) == ["cause", "effect"])
    }
}
