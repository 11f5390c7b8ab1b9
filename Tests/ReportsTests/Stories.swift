import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import Reports

@testable import Diagnosis

/// Conclusions made by hand, each for one thing that a report must show.
enum Stories {
    static let receiver = ObjectReference(
        kind: "StatefulSet", namespace: "monitoring", name: "thanos-receiver")
    static let pod = ObjectReference(
        kind: "Pod", namespace: "monitoring", name: "thanos-receiver-0")
    static let service = ObjectReference(
        kind: "Service", namespace: "monitoring", name: "thanos-receiver")
    static let agent = ObjectReference(
        kind: "StatefulSet", namespace: "monitoring", name: "prometheus-agent")

    /// The incident that everything started from: one cause, three symptoms, one blocked check.
    static var rootWithThreeSymptoms: Conclusion {
        Conclusion(
            findings: [missingFSGroup] + threeSymptoms,
            rootCauses: [
                RootCause(
                    finding: "F1", check: "missing-fsgroup", explains: ["F2", "F3", "F4"],
                    blocks: ["tenant-head-series-high"])
            ],
            checks: [
                CheckResult(id: "missing-fsgroup", status: .failed, seconds: 0.0041),
                CheckResult(id: "pod-crash-looping", status: .failed, seconds: 0.0004),
                CheckResult(id: "remote-write-unreachable", status: .failed, seconds: 0.0002),
                CheckResult(
                    id: "tenant-head-series-high", status: .blocked,
                    reason: "Pod monitoring/thanos-receiver-0 does not run", seconds: 0),
                CheckResult(id: "tsdb-permission-denied", status: .failed, seconds: 0.012),
            ] + passed(2) + [
                CheckResult(
                    id: "upload-stalled", status: .skipped, reason: "needs a bucket", seconds: 0)
            ],
            gaps: [])
    }

    static var missingFSGroup: ReportedFinding {
        var finding = finding(
            "F1", "missing-fsgroup", .critical,
            "the pod sets no fsGroup, so user 65534 cannot write the volume at /var/thanos/receive",
            on: receiver,
            why: """
                A new volume belongs to root; without fsGroup the kubelet leaves it so, and a \
                receiver that does not run as root cannot create its TSDB.
                """,
            evidence: [
                EvidenceItem(
                    "cluster", "runAsUser is 65534, fsGroup is not set",
                    command: "kubectl -n monitoring get statefulset thanos-receiver -o yaml")
            ])
        finding.places = [Place(Sources.receiver.range(of: "containers:"))]
        finding.fix = .patch(Sources.fsGroupPatch)
        return finding
    }

    private static var threeSymptoms: [ReportedFinding] {
        [
            finding(
                "F2", "tsdb-permission-denied", .critical,
                "opening the TSDB is refused: mkdir /var/thanos/receive/default-tenant",
                on: pod),
            finding(
                "F3", "pod-crash-looping", .error,
                "container thanos-receive of thanos-receiver-0 restarted 5 times", on: pod),
            finding(
                "F4", "remote-write-unreachable", .critical,
                "192.168.101.210:19291 refuses connections", on: service),
        ]
    }

    /// Two causes that have nothing to do with each other, the worse one first.
    static var twoRoots: Conclusion {
        var ring = finding(
            "F1", "replication-factor-exceeds-endpoints", .error,
            "replication factor needs at least 3 endpoints, the hashring has 2", on: receiver,
            why: "a hashring with fewer endpoints than copies is refused when it is loaded",
            fix: .text("add receive-2:10901, or set the factor to 1"))
        ring.places = [
            Place(
                Sources.flags.range(of: "--receive.replication-factor=3"), "asks for 3 copies"),
            Place(
                Sources.hashring.range(of: #"["receive-0:10901", "receive-1:10901"]"#),
                "only 2 endpoints"),
        ]
        var queue = finding(
            "F2", "agent-queue-too-small", .warning, "max_shards is 1: the queue cannot catch up",
            on: agent, why: "after an outage the agent sends no faster than before it",
            confidence: .likely,
            fix: .command(
                "kubectl --context edge-02 -n monitoring edit configmap prometheus-agent-config",
                advice: "leave out max_shards, whose default is 50"))
        queue.places = [Place(Sources.agent.range(of: "max_shards: 1"))]
        return Conclusion(
            findings: [ring, queue], rootCauses: roots(of: [ring, queue]),
            checks: [
                CheckResult(id: "agent-queue-too-small", status: .failed, seconds: 0.001),
                CheckResult(
                    id: "replication-factor-exceeds-endpoints", status: .failed, seconds: 0.002),
            ] + passed(3),
            gaps: [])
    }

    /// Nothing but a remark.
    static var infoOnly: Conclusion {
        let remark = finding(
            "F1", "pool-without-spare-address", .info,
            "no address is left in pool cluster-01-central-pool, and nobody waits for one",
            on: ObjectReference(kind: "CiliumLoadBalancerIPPool", name: "cluster-01-central-pool"),
            why: "the next Service of type LoadBalancer would stay pending",
            fix: .text("add a block to the pool before the next Service needs one"))
        return Conclusion(
            findings: [remark], rootCauses: roots(of: [remark]),
            checks: passed(4) + [
                CheckResult(id: "pool-without-spare-address", status: .failed, seconds: 0.001)
            ],
            gaps: [])
    }

    static var allPassed: Conclusion {
        Conclusion(
            findings: [], rootCauses: [],
            checks: passed(5) + [
                skipped("bucket-unreachable", "needs a bucket"),
                skipped("partial-block", "needs a bucket"),
                skipped("query-misses-receiver", "needs a Query address"),
            ],
            gaps: [])
    }

    /// One missing permission behind many checks, another cause behind one, and a gap.
    static var unknownForbidden: Conclusion {
        let forbidden = (1...12).map {
            CheckResult(
                id: "needs-pods-\($0 < 10 ? "0" : "")\($0)", status: .unknown,
                reason: "forbidden: list pods in monitoring", seconds: 0)
        }
        return Conclusion(
            findings: [], rootCauses: [],
            checks: forbidden + [
                CheckResult(
                    id: "remote-write-unreachable", status: .unknown,
                    reason: "192.168.101.210 is not reachable from here: no route to host",
                    seconds: 3)
            ] + passed(2),
            gaps: [
                Gap(source: "logs", reason: "forbidden: get pods/log in monitoring"),
                Gap(source: "cluster", reason: "forbidden: list pods in monitoring"),
            ])
    }

    /// A file that does not parse, beside a file that does.
    static var unreadableFile: Conclusion {
        let source = SourceText(
            name: "deploy/broken.yaml", text: "apiVersion: v1\nkind: Service: LoadBalancer\n")
        return Conclusion(
            findings: [], rootCauses: [], checks: passed(1),
            gaps: [
                Gap(
                    source: "manifests",
                    reason: "deploy/broken.yaml:2:14: mapping values are not allowed here",
                    locations: [source.range(of: ": LoadBalancer")])
            ])
    }

    /// Nothing was judged.
    static var nothing: Conclusion {
        Conclusion(findings: [], rootCauses: [], checks: [], gaps: [])
    }
}

// MARK: Parts

extension Stories {
    static func finding(
        _ id: String, _ check: String, _ severity: Severity, _ message: String,
        on object: ObjectReference, why: String = "because", confidence: Confidence = .certain,
        evidence: [EvidenceItem] = [], fix: ReportedFinding.Fix = .text("repair it"),
        cluster: String = "cluster-01-central"
    ) -> ReportedFinding {
        let objects = Objects([])
        let view = ClusterView(
            name: cluster, source: .cluster, objects: objects, pipeline: Pipeline(objects))
        let rule = Check(
            check, severity: severity, summary: "", why: why, fix: "", needs: .view, examples: []
        ) { _ in [] }
        var finding = ReportedFinding(
            Finding(message, object: object, confidence: confidence, evidence: evidence),
            check: rule, view: view)
        finding.id = id
        finding.fix = fix
        return finding
    }

    static func roots(of findings: [ReportedFinding]) -> [RootCause] {
        findings.map { RootCause(finding: $0.id, check: $0.check, explains: [], blocks: []) }
    }

    static func passed(_ count: Int) -> [CheckResult] {
        (1...count).map {
            CheckResult(id: "sound-\($0)", status: .passed, seconds: Double($0) / 1000)
        }
    }

    static func skipped(_ id: String, _ reason: String) -> CheckResult {
        CheckResult(id: id, status: .skipped, reason: reason, seconds: 0)
    }

    static func run(
        _ command: String = "doctor", exitCode: Int, complete: Bool = true, error: String? = nil,
        display: DisplayOptions = DisplayOptions()
    ) -> RunDescription {
        RunDescription(
            toolVersion: "0.1.0", command: command, startedAt: "2025-10-20T11:22:40Z",
            seconds: 6.2041,
            outcome: RunOutcome(exitCode: exitCode, isComplete: complete, error: error),
            targets: [
                RunTarget(role: "receive", cluster: "cluster-01-central"),
                RunTarget(role: "agent", cluster: "cluster-02-edge"),
            ], display: display)
    }
}
