import Diagnosis
import Evidence
import FoundationEssentials
import PipelineModel
import Reports

/// One judged run on its way to its reports and its exit status.
struct ReportedRun {
    let command: String
    let conclusion: Conclusion
    let views: [ClusterView]
    let started: Date
    let clock: ContinuousClock.Instant
    /// Set where a signal ended the run before its time.
    let endedBy: ExitStatus?
    /// What the user calls the clusters.
    let roles: [String: Settings.Role]

    init(
        command: String, conclusion: Conclusion, views: [ClusterView], started: Date,
        clock: ContinuousClock.Instant, endedBy: ExitStatus? = nil,
        roles: [String: Settings.Role] = [:]
    ) {
        self.command = command
        self.conclusion = conclusion
        self.views = views
        self.started = started
        self.clock = clock
        self.endedBy = endedBy
        self.roles = roles
    }

    /// Writes every report that was asked for; the status is the same for all of them.
    func end(_ options: OutputOptions, on console: Console) throws -> ExitStatus {
        let status = try endedBy ?? status(threshold: options.threshold(), options.allowIncomplete)
        for destination in try options.destinations() {
            let run = RunDescription(
                toolVersion: Version.number, command: command,
                startedAt: started.formatted(.iso8601), seconds: elapsed,
                outcome: RunOutcome(
                    exitCode: Int(status.rawValue), isComplete: conclusion.isComplete,
                    failOn: options.failOn ?? OutputOptions.usualThreshold),
                targets: targets,
                display: try options.display(toFile: destination.file != nil))
            let text = destination.format.render(conclusion, run: run)
            try write(text, to: destination.file, on: console)
        }
        return status
    }

    private func write(_ text: String, to file: String?, on console: Console) throws {
        guard let file else {
            console.report(text)
            return
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: file))
        } catch {
            throw UsageError("the report cannot be written to \(file); is its folder there?")
        }
    }

    private func status(threshold: Severity?, _ allowIncomplete: Bool) -> ExitStatus {
        if let threshold, let worst = conclusion.worstSeverity, worst >= threshold {
            return .findings
        }
        return conclusion.isComplete || allowIncomplete ? .success : .incomplete
    }

    private var elapsed: Double {
        let duration = ContinuousClock.now - clock
        let milliseconds =
            Double(duration.components.seconds) * 1000
            + Double(duration.components.attoseconds) / 1e15
        return milliseconds.rounded() / 1000
    }

    private var targets: [RunTarget] {
        let targets = views.flatMap { view -> [RunTarget] in
            switch view.source {
            case .manifests: return [RunTarget(role: "manifests", cluster: view.name)]
            case .endpoints: return [RunTarget(role: "endpoint", cluster: view.name)]
            case .cluster:
                // What runs there says it; the file does where that could not be seen.
                let given = self.roles[view.name]
                let roles =
                    (view.pipeline.receivers.isEmpty && given != .central ? [] : ["receive"])
                    + (view.pipeline.agents.isEmpty && given != .edge ? [] : ["agent"])
                return (roles.isEmpty ? ["cluster"] : roles).map {
                    RunTarget(role: $0, cluster: view.name)
                }
            }
        }
        return Set(targets).sorted()
    }
}

/// The document of a run that ended before anything was judged.
struct FailedRun {
    let command: String
    let error: String

    var document: String {
        let nothing = Conclusion(findings: [], rootCauses: [], checks: [], gaps: [])
        let run = RunDescription(
            toolVersion: Version.number, command: command, startedAt: Date().formatted(.iso8601),
            seconds: 0,
            outcome: RunOutcome(
                exitCode: Int(ExitStatus.usage.rawValue), isComplete: false, error: error))
        return ReportFormat.json.render(nothing, run: run)
    }
}
