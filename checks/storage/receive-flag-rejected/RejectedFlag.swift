import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// A flag on which a receiver would exit, and how sure that is.
struct RejectedFlag {
    let message: String
    let label: String
    /// The argument as it is written.
    let written: String
    let range: SourceRange
    var severity: Severity?
    var confidence = Confidence.certain
    var edit: TextEdit?
    var patch: String?
    let remedy: String

    static func all(of group: ReceiverGroup, _ view: ClusterView) -> [RejectedFlag] {
        let release = group.version.map { ThanosRelease($0.major, $0.minor) }
        let parsed = ParsedReceiveFlags(arguments: group.flags.arguments, release: release)
        return parsed.problems.filter { group.isKnowable($0) }.map {
            RejectedFlag($0, of: group, view)
        } + [BlockDurations.rejected(of: group)].compactMap(\.self)
            + RejectedPair.all(of: group)
    }

    private init(_ problem: FlagProblem, of group: ReceiverGroup, _ view: ClusterView) {
        let arguments = group.flags.arguments
        written =
            arguments.indices.contains(problem.argumentIndex)
            ? arguments[problem.argumentIndex] : problem.flag
        range = group.argumentRange(problem.argumentIndex)
        let known = ReceiveFlagSpec.named(problem.flag)
        switch problem.code {
        case .unknownFlag where known != nil:
            (message, label) = Self.history(of: known, group.version)
            remedy = "drop the flag, or deploy a release that knows it"
            // An overlay may deploy another release than the base names.
            if !view.isComplete(kind: group.reference.kind) {
                (severity, confidence) = (.warning, .likely)
            }
            patch = Self.removal(of: problem.flag, group, view)
        case .unknownFlag, .badEnum:
            let similar = problem.code == .badEnum ? nil : SimilarFlag.name(to: problem.flag, group)
            message = "\(problem.flag): \(problem.message)" + group.doubtAboutRelease
            label = similar.map { "did you mean \($0)?" } ?? "Thanos exits here"
            remedy = similar.map { "write \($0)" } ?? "drop the flag, or correct its name or value"
            if !group.doubtAboutRelease.isEmpty { (severity, confidence) = (.info, .possible) }
            edit = similar.flatMap { .replacing(problem.flag, with: $0, within: range) }
        case .badLabel:
            (message, label) = (
                "\(written): \(problem.message): a label's value stands in double quotes",
                "name=\"value\""
            )
            remedy = "write --label=name=\"value\", with the double quotes inside the argument"
            edit = ArgumentEdit.quotingLabel(written, within: range)
        case .unexpectedArgument:
            (message, label) = (
                "\(written): \(problem.message): "
                    + (known == nil ? "it belongs to no flag" : "a switch takes no value"),
                "Thanos exits here"
            )
            remedy = "write \(problem.flag), or --no-\(problem.flag.dropFirst(2)), without a value"
            edit = known.flatMap { ArgumentEdit.switching($0, written, within: range) }
        case .missingValue, .repeated, .badBoolean, .badNumber, .badDuration, .badByteCount:
            (message, label) = ("\(problem.flag): \(problem.message)", "Thanos exits here")
            remedy = "correct the flag, or drop it"
        }
    }

    init(_ message: String, written: String, at range: SourceRange, remedy: String) {
        self.message = message
        label = "Thanos exits here"
        self.written = written
        self.range = range
        self.remedy = remedy
    }
}

extension RejectedFlag {
    private static func history(
        of spec: ReceiveFlagSpec?, _ version: Version?
    ) -> (String, label: String) {
        let name = spec?.name ?? ""
        let image = version?.description ?? ""
        if let removed = spec?.removedIn, version.map({ Version(removed) <= $0 }) ?? false {
            return (
                "\(name) is unknown to \(image): it was removed in v0.\(removed.minor)",
                "removed in v0.\(removed.minor)"
            )
        }
        let since = spec?.since.map { "v0.\($0.minor)" } ?? "a later release"
        return ("\(name) is unknown to \(image): it came with \(since)", "since \(since)")
    }

    private static func removal(
        of flag: String, _ group: ReceiverGroup, _ view: ClusterView
    ) -> String? {
        guard view.isCluster, let pointer = group.pointer(toFlag: flag),
            let given = group.flags.occurrence(of: flag),
            given.valueArgumentIndex == given.argumentIndex
        else { return nil }
        return view.kubectlPatch(
            group.reference, "[{\"op\":\"remove\",\"path\":\"\(pointer)\"}]", type: "json")
    }
}

extension Version {
    fileprivate init(_ release: ThanosRelease) { self.init(release.major, release.minor) }
}
