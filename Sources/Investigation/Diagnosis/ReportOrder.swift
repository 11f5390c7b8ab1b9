import Evidence
import KubernetesModel

/// Root causes by what they do, each followed by what it explains.
struct ReportOrder {
    private(set) var findings: [ReportedFinding] = []
    private var roots: [(index: Int, explains: [Int])]
    private var ids: [Int: String] = [:]
    private let judged: [JudgedChecks.JudgedFinding]

    init(_ judged: [JudgedChecks.JudgedFinding], links: CausalLinks) {
        self.judged = judged
        roots = judged.indices.filter { !links.explained.contains($0) }
            .map { ($0, links.explained(by: $0)) }
        let ranks = roots.map { Rank(judged, root: $0.index, explains: $0.explains) }
        roots = zip(ranks, roots).sorted { $0.0 < $1.0 }.map(\.1)
        for root in roots {
            for index in [root.index] + root.explains where ids[index] == nil {
                var finding = judged[index].reported
                finding.id = "F\(findings.count + 1)"
                ids[index] = finding.id
                findings.append(finding)
            }
        }
    }

    func rootCauses(blocked blockers: [String: ObjectReference]) -> [RootCause] {
        roots.map { root in
            let touched = ([root.index] + root.explains).reduce(into: Set<ObjectReference>()) {
                $0.formUnion(judged[$1].named)
            }
            return RootCause(
                finding: ids[root.index] ?? "",
                check: judged[root.index].reported.check,
                explains: root.explains.compactMap { ids[$0] }.sorted(by: Self.byNumber),
                blocks: blockers.filter { touched.contains($0.value) }.map(\.key).sorted())
        }
    }

    private static func byNumber(_ left: String, _ right: String) -> Bool {
        (left.count, left) < (right.count, right)
    }

    /// By the worst severity among what a root explains, itself included; then by how much it
    /// explains; then by id and object, so that equal input gives equal output.
    private struct Rank: Comparable {
        let worst: Severity
        let count: Int
        let check: String
        let object: ObjectReference
        let message: String

        init(_ judged: [JudgedChecks.JudgedFinding], root: Int, explains: [Int]) {
            let reported = judged[root].reported
            worst =
                explains.map { judged[$0].reported.severity }.max()
                .map { max($0, reported.severity) } ?? reported.severity
            count = explains.count
            check = reported.check
            object = reported.object
            message = reported.message
        }

        static func < (left: Self, right: Self) -> Bool {
            if left.worst != right.worst { return left.worst > right.worst }
            if left.count != right.count { return left.count > right.count }
            return (left.check, left.object, left.message)
                < (right.check, right.object, right.message)
        }
    }
}
