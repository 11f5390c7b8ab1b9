import ArgumentParser
import FoundationEssentials
import IncidentLab

struct LabRunCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Stages an incident, diagnoses it, repairs it, looks again.",
        discussion: """
            Examples:
              thanosctl lab run tsdb-permission-denied
              thanosctl lab run lb-pool-exhausted -o json=diagnosis.json
              thanosctl lab run healthy --incidents ./incidents
            """)

    @Argument(help: "The incident's name, as `lab list` prints it.")
    var name: String

    @OptionGroup var library: IncidentOptions
    @OptionGroup var output: OutputOptions

    func execute(on console: Console) async throws -> ExitStatus {
        let session = try LabSession(
            name, library: try IncidentLibrary(folders: library.incidents))
        let incident = session.run.incident
        try output.verify()
        console.note("\(incident.name): \(incident.title)")
        if let standIn = incident.standIn { console.note("Stand-in: \(standIn.trimmed)") }
        var isRight = true
        for phase in session.run.phases {
            let started = Date()
            let clock = ContinuousClock.now
            console.note(
                phase == .broken
                    ? "\nStaging the incident on loopback …" : "\nApplying the repair …")
            let outcome = try await session.run.outcome(of: phase)
            if let traffic = outcome.traffic { console.note("Remote write answers: \(traffic)") }
            if phase == .broken {
                _ = try ReportedRun(
                    command: "doctor", conclusion: outcome.conclusion, views: outcome.views,
                    started: started, clock: clock
                ).end(output, on: console)
            }
            isRight = LabNotes(outcome, of: incident).print(on: console) && isRight
        }
        return isRight ? .success : .findings
    }
}

/// What the comparison with the truth says, in words.
struct LabNotes {
    private let outcome: LabRun.Outcome
    private let incident: Incident

    init(_ outcome: LabRun.Outcome, of incident: Incident) {
        self.outcome = outcome
        self.incident = incident
    }

    /// Whether everything is as it should be.
    func print(on console: Console) -> Bool {
        for problem in outcome.problems + outcome.verdict.problems {
            console.note("WRONG  \(incident.name): \(problem)")
        }
        guard outcome.isRight else { return false }
        let roots = incident.faults.map(\.root).joined(separator: " and ")
        switch (outcome.phase, incident.faults.count) {
        case (.broken, 0): console.note("RIGHT  nothing is wrong, and nothing is reported")
        case (.broken, 1): console.note("RIGHT  the root cause is \(roots)")
        case (.broken, _): console.note("RIGHT  the root causes are \(roots)")
        case (.repaired, 0...1): console.note("RIGHT  after the repair the cause is gone")
        case (.repaired, _): console.note("RIGHT  after the repair the causes are gone")
        }
        return true
    }
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
