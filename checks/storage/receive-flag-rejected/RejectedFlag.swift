import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// A flag on which a receiver would exit, and how sure that is.
struct RejectedFlag {
    let message: String
    /// The argument, as far as it may be shown: an inline configuration holds credentials.
    let written: String
    let range: SourceRange
    let remedy: String
    var label = "Thanos exits here"
    var severity: Severity?
    var confidence = Confidence.certain
    var edit: TextEdit?
    /// Whether dropping the argument is all that is to be done.
    var isSuperfluous = false
    var patch: String?

    init(_ message: String, written: String, at range: SourceRange, remedy: String) {
        self.message = message
        self.written = written
        self.range = range
        self.remedy = remedy
    }

    static func all(of group: ReceiverGroup, _ view: ClusterView) -> [RejectedFlag] {
        let release = group.version.map { ThanosRelease($0.major, $0.minor) }
        let parsed = ParsedReceiveFlags(arguments: group.flags.arguments, release: release)
        let refused = parsed.problems.filter { group.isKnowable($0) }.map { problem in
            fault(problem, of: group, view)
        }
        let superfluous = refused.filter(\.isSuperfluous).map(\.written)
        let patch = group.patch(dropping: superfluous, view)
        return refused.map { fault in
            var fault = fault
            if fault.isSuperfluous { fault.patch = patch }
            return fault
        } + [BlockDurations.rejected(of: group)].compactMap(\.self) + RejectedPair.all(of: group)
    }

    /// Says that nobody here can be sure, because the release is not known.
    func doubted(because doubt: String) -> RejectedFlag {
        guard !doubt.isEmpty else { return self }
        var fault = RejectedFlag(message + doubt, written: written, at: range, remedy: remedy)
        (fault.label, fault.edit) = (label, edit)
        (fault.severity, fault.confidence) = (.info, .possible)
        return fault
    }
}
