import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension RejectedFlag {
    static func fault(
        _ problem: FlagProblem, of group: ReceiverGroup, _ view: ClusterView
    ) -> RejectedFlag {
        let known = ReceiveFlagSpec.named(problem.flag)
        switch problem.code {
        case .unknownFlag:
            return known.map { foreign($0, problem, group, view) } ?? unknown(problem, group)
        case .badEnum:
            return unreadable(problem, group).doubted(because: group.doubtAboutRelease)
        case .badLabel:
            return unquoted(problem, group)
        case .unexpectedArgument:
            return known.map { switched($0, problem, group) } ?? stray(problem, group)
        case .missingValue, .repeated, .badBoolean, .badNumber, .badDuration, .badByteCount:
            return unreadable(problem, group)
        }
    }

    /// A flag of an older or a newer release.
    private static func foreign(
        _ spec: ReceiveFlagSpec, _ problem: FlagProblem, _ group: ReceiverGroup, _ view: ClusterView
    ) -> RejectedFlag {
        let release = group.version.map { ThanosRelease($0.major, $0.minor) }
        let image = group.version.map { "\($0)" } ?? "the image"
        var (verb, label) = ("came", "since v0.\(spec.since?.minor ?? 0)")
        if let removed = spec.removedIn, let release, removed <= release {
            (verb, label) = ("went", "removed in v0.\(removed.minor)")
        }
        let minor = (verb == "went" ? spec.removedIn : spec.since)?.minor ?? 0
        var fault = RejectedFlag(
            "\(spec.name) is unknown to \(image): it \(verb) with v0.\(minor)",
            written: spec.name, at: group.argumentRange(problem.argumentIndex),
            remedy: "drop the flag, or deploy a release that knows it")
        fault.label = label
        // An overlay may deploy another release than the base names.
        if !view.isComplete(kind: group.reference.kind) {
            (fault.severity, fault.confidence) = (.warning, .likely)
        }
        fault.isSuperfluous = true
        return fault
    }

    /// A flag of no release, most often a slip.
    private static func unknown(_ problem: FlagProblem, _ group: ReceiverGroup) -> RejectedFlag {
        let similar = SimilarFlag.name(to: problem.flag, group)
        let range = group.argumentRange(problem.argumentIndex)
        var fault = RejectedFlag(
            "\(problem.flag): \(problem.message)", written: problem.flag, at: range,
            remedy: similar.map { "write \($0)" } ?? "drop the flag, or correct its name")
        if let similar { fault.label = "did you mean \(similar)?" }
        fault.edit = similar.flatMap { .replacing(problem.flag, with: $0, within: range) }
        return fault.doubted(because: group.doubtAboutRelease)
    }

    private static func unquoted(_ problem: FlagProblem, _ group: ReceiverGroup) -> RejectedFlag {
        let written = group.argument(problem)
        let range = group.argumentRange(problem.argumentIndex)
        var fault = RejectedFlag(
            "\(written): \(problem.message): a label's value stands in double quotes",
            written: written, at: range,
            remedy: "write --label=name=\"value\", with the double quotes inside the argument")
        fault.label = "name=\"value\""
        fault.edit = ArgumentEdit.quotingLabel(written, within: range)
        return fault
    }

    private static func switched(
        _ spec: ReceiveFlagSpec, _ problem: FlagProblem, _ group: ReceiverGroup
    ) -> RejectedFlag {
        let written = group.argument(problem)
        let range = group.argumentRange(problem.argumentIndex)
        var fault = RejectedFlag(
            "\(written): \(problem.message): a switch takes no value", written: written, at: range,
            remedy: "write \(spec.name), or --no-\(spec.name.dropFirst(2)), without a value")
        fault.edit = ArgumentEdit.switching(spec, written, within: range)
        return fault
    }

    private static func stray(_ problem: FlagProblem, _ group: ReceiverGroup) -> RejectedFlag {
        RejectedFlag(
            "an argument belongs to no flag", written: "an argument of its own",
            at: group.argumentRange(problem.argumentIndex),
            remedy: "drop the argument, or write it behind the flag that it belongs to")
    }

    private static func unreadable(_ problem: FlagProblem, _ group: ReceiverGroup) -> RejectedFlag {
        RejectedFlag(
            "\(problem.flag): \(problem.message)", written: problem.flag,
            at: group.argumentRange(problem.argumentIndex), remedy: "correct the flag, or drop it")
    }
}

extension ReceiverGroup {
    fileprivate func argument(_ problem: FlagProblem) -> String {
        let index = problem.argumentIndex
        return flags.arguments.indices.contains(index) ? flags.arguments[index] : problem.flag
    }
}
