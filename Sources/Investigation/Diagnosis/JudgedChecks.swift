import Evidence
import KubernetesModel

/// Every check judged over every view: the findings, and what became of each check.
struct JudgedChecks {
    private(set) var findings: [JudgedFinding] = []
    private(set) var results: [CheckResult] = []
    /// For each blocked check, the object that is in the way.
    private(set) var blockers: [String: ObjectReference] = [:]

    struct JudgedFinding {
        var reported: ReportedFinding
        /// The objects on whose delivery path it lies.
        let reach: Scope.Reach
        let named: Set<ObjectReference>
        /// Whether an API server showed it rather than a manifest.
        let isLive: Bool
        /// Whether no other finding can have brought it about.
        let standsAlone: Bool
    }

    /// One check judged over every view.
    struct JudgedCheck: Sendable {
        let check: Check
        let judgements: [Judgement]
        let seconds: Double

        init(_ check: Check, over snapshot: Snapshot) {
            let start = ContinuousClock.now
            self.check = check
            judgements = snapshot.views.map { check.judge(snapshot, $0) }
            seconds = (ContinuousClock.now - start).seconds
        }
    }

    /// - Parameter verdicts: in any order; they are sorted here.
    init(_ snapshot: Snapshot, judged verdicts: [JudgedCheck]) {
        let verdicts = verdicts.sorted { $0.check.id < $1.check.id }
        let clusters = Self.clusters(of: snapshot.views)
        let scope = Scope(snapshot.views, clusters: clusters)
        for verdict in verdicts {
            for (index, judgement) in verdict.judgements.enumerated() {
                guard case .judged(let found, gaps: _) = judgement else { continue }
                add(
                    found, check: verdict.check, view: snapshot.views[index],
                    scope: scope, cluster: clusters[index])
            }
        }
        mergeTwins()
        let named = Set(findings.flatMap(\.named))
        for verdict in verdicts {
            let verdicts = verdict.judgements.map { Verdict($0, named: named) }
            let status = CheckStatus.worst(of: verdicts.map(\.status))
            let decisive = verdicts.first { $0.status == status } ?? .nothingToLookAt
            results.append(
                CheckResult(
                    id: verdict.check.id, status: status, reason: decisive.reason,
                    seconds: verdict.seconds))
            if status == .blocked { blockers[verdict.check.id] = decisive.blocker }
        }
    }

    /// The cluster that each view speaks of: manifests beside one live cluster are its own, other
    /// manifests stand for a cluster each.
    private static func clusters(of views: [ClusterView]) -> [String] {
        let live = views.filter(\.isCluster)
        return views.map { view in
            guard live.count == 1, let only = live.first else { return view.name }
            return only.name
        }
    }

    private mutating func add(
        _ found: [Finding], check: Check, view: ClusterView, scope: Scope, cluster: String
    ) {
        for finding in found {
            findings.append(
                JudgedFinding(
                    reported: ReportedFinding(finding, check: check, view: view),
                    reach: scope.reach(of: finding, in: cluster),
                    named: Set([finding.object] + finding.about), isLive: view.isCluster,
                    standsAlone: finding.standsAlone))
        }
    }

    /// A fault seen in a manifest and in the live object is one finding: the live one, with the
    /// manifest's place and patch.
    private mutating func mergeTwins() {
        struct Twin: Hashable {
            let check: String
            let object: ObjectReference
        }
        guard findings.contains(where: \.isLive), !findings.allSatisfy(\.isLive) else { return }
        var manifests: [Twin: [Int]] = [:]
        for (index, finding) in findings.enumerated() where !finding.isLive {
            let reported = finding.reported
            manifests[Twin(check: reported.check, object: reported.object), default: []]
                .append(index)
        }
        var absorbed: Set<Int> = []
        for index in findings.indices where findings[index].isLive {
            let reported = findings[index].reported
            let twin = Twin(check: reported.check, object: reported.object)
            guard let match = manifests[twin]?.first(where: { !absorbed.contains($0) }) else {
                continue
            }
            absorbed.insert(match)
            findings[index].reported.adopt(manifest: findings[match].reported)
        }
        findings = findings.enumerated().filter { !absorbed.contains($0.offset) }.map(\.element)
    }
}

/// The status that one judgement amounts to.
private struct Verdict {
    let status: CheckStatus
    var reason: String?
    var blocker: ObjectReference?

    init(_ judgement: Judgement, named: Set<ObjectReference>) {
        switch judgement {
        case .judged(let findings, gaps: let gaps):
            guard findings.isEmpty else {
                self.init(status: .failed)
                return
            }
            guard let gap = gaps.first(where: \.isIgnorance) else {
                self.init(status: .passed)
                return
            }
            self.init(gap, named: named)
        case .notJudged(let missing):
            self.init(missing, named: named)
        }
    }

    private init(status: CheckStatus) { self.status = status }

    /// A run that could read nothing at all.
    static let nothingToLookAt: Verdict = {
        var verdict = Verdict(status: .skipped)
        verdict.reason = "nothing could be read"
        return verdict
    }()

    private init(_ missing: MissingEvidence, named: Set<ObjectReference>) {
        reason = missing.reason
        switch missing.cause {
        case .notConfigured, .notApplicable:
            status = .skipped
        case .forbidden, .unreachable, .timedOut, .malformed:
            status = .unknown
        case .dependsOn(let object):
            status = named.contains(object) ? .blocked : .unknown
            blocker = named.contains(object) ? object : nil
        }
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
