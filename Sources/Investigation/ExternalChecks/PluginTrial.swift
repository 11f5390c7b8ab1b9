import Diagnosis
package import Evidence
import MarkedYAML

/// What became of one example of a plug-in.
package struct PluginTrial: Sendable {
    package let check: String
    package let name: String
    /// What went wrong; nil when the example holds.
    package let failure: String?
}

extension ExternalChecks {
    /// Tries every example: executables are run on theirs, signatures searched in their lines.
    package func trials(
        answering: (Snapshot) async -> Snapshot
    ) async -> [PluginTrial] {
        var trials: [PluginTrial] = []
        for plugin in executables {
            let check = plugin.check
            for example in check.examples {
                let bundle = ExampleBundle(example.bundle)
                let snapshot = await answering(bundle.snapshot)
                trials.append(
                    PluginTrial(
                        check: check.id, name: example.name,
                        failure: Self.failure(of: example, bundle, check.outcome(on: snapshot))))
            }
            trials += Self.absences(
                of: check.id, fires: check.examples.contains { $0.expectation == .fires },
                silent: check.examples.contains { $0.expectation == .staysSilent })
        }
        return trials + signatures.flatMap(Self.trials)
    }

    private static func trials(of signature: LogSignature) -> [PluginTrial] {
        let id = signature.fault.id.value
        let lines = signature.matching.map { ($0, true) } + signature.silent.map { ($0, false) }
        let trials = lines.map { line, matches in
            PluginTrial(
                check: id, name: line.value,
                failure: signature.matches(line.value) == matches
                    ? nil : matches ? "the line does not match" : "the line matches")
        }
        return trials
            + absences(
                of: id, fires: !signature.matching.isEmpty, silent: !signature.silent.isEmpty)
    }

    private static func absences(of check: String, fires: Bool, silent: Bool) -> [PluginTrial] {
        [("fires", fires), ("stays silent", silent)].filter { !$0.1 }.map { kind, _ in
            PluginTrial(
                check: check, name: "examples",
                failure: "there is none on which it \(kind)")
        }
    }

    private static func failure(
        of example: Example, _ bundle: ExampleBundle, _ outcome: Check.Outcome
    ) -> String? {
        if let reason = outcome.ignorance { return reason }
        let flags = Set(outcome.findings.compactMap(\.flag))
        let marks = Set(
            bundle.files.flatMap { file in
                file.markedLines.map { "\(file.name):\($0)" }
            })
        switch example.expectation {
        case .fires where outcome.findings.isEmpty: return "it found nothing"
        case .staysSilent where !outcome.findings.isEmpty:
            return "it found: \(outcome.findings[0].message)"
        case .fires, .staysSilent: break
        }
        if let line = marks.subtracting(flags).min() { return "nothing points to \(line)" }
        if !marks.isEmpty, let line = flags.subtracting(marks).min() {
            return "a finding points to \(line), which is not marked"
        }
        return nil
    }
}

extension Check {
    fileprivate struct Outcome {
        var findings: [Finding] = []
        /// Why it could not say.
        var ignorance: String?
    }

    fileprivate func outcome(on snapshot: Snapshot) -> Outcome {
        var outcome = Outcome()
        for view in snapshot.views {
            switch judge(snapshot, view) {
            case .judged(let findings, gaps: _): outcome.findings += findings
            case .notJudged(let missing) where missing.isIgnorance:
                outcome.ignorance = missing.reason
            case .notJudged: continue
            }
        }
        return outcome
    }
}

extension Finding {
    fileprivate var flag: String? {
        places.first.map { "\($0.range.source.name):\($0.range.start.line)" }
    }
}
