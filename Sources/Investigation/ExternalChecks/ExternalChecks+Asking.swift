import ChildProcess
import Diagnosis
package import Evidence

extension ExternalChecks {
    /// At most this many plug-ins run at a time.
    private static let width = 4

    /// Runs every executable on every view that has what it needs.
    ///
    /// - Parameter variables: of which only PATH, HOME and LANG are passed on.
    package func answers(
        about snapshot: Snapshot, variables: [String: String],
        mask: @escaping @Sendable (String) -> String
    ) async -> [PluginCall: Reading<PluginAnswer>] {
        let hiding = Concealment(mask: mask)
        let kept = variables.filter { ["PATH", "HOME", "LANG"].contains($0.key) }
        let calls = executables.flatMap { plugin in snapshot.views.map { (plugin, $0) } }
        return await withTaskGroup(of: (PluginCall, Reading<PluginAnswer>).self) { group in
            var answers: [PluginCall: Reading<PluginAnswer>] = [:]
            for (index, (plugin, view)) in calls.enumerated() {
                if index >= Self.width, let (call, answer) = await group.next() {
                    answers[call] = answer
                }
                group.addTask {
                    let answer = await plugin.answer(
                        about: view, of: snapshot, hiding: hiding, variables: kept)
                    return (PluginCall(plugin.check.id, about: view), answer)
                }
            }
            for await (call, answer) in group { answers[call] = answer }
            return answers
        }
    }
}

extension ExecutablePlugin {
    fileprivate func answer(
        about view: ClusterView, of snapshot: Snapshot, hiding: Concealment,
        variables: [String: String]
    ) async -> Reading<PluginAnswer> {
        let evidence: PluginEvidence
        do throws(PluginEvidence.Missing) {
            evidence = try PluginEvidence(for: self, snapshot, view, hiding)
        } catch {
            return .missing(error.evidence)
        }
        let program = BoundedProgram(
            path, environment: variables, input: Array(evidence.text.utf8),
            deadline: limit.duration)
        switch await program.run() {
        case .printed(let output):
            return .known(
                PluginAnswer(output: output, shown: evidence.shown), gaps: evidence.gaps)
        case .failed(let what):
            return .missing(
                MissingEvidence(.malformed, source: "plug-in", "the plug-in failed: \(what)"))
        case .late:
            return .missing(
                MissingEvidence(
                    .timedOut, source: "plug-in",
                    "the plug-in did not finish within \(limit.text) and was ended"))
        }
    }
}
