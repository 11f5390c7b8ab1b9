import Diagnosis
import LogSignatures

/// Tells which causes a log that is followed has come to speak of; its end brings the report.
struct LogNews: Sendable {
    /// After so long a silence what is new is told, and no rarer in a stream without pauses.
    static let pause = Duration.seconds(1)

    private let console: Console
    private var told: Set<String> = []
    private var lines = 0
    private var last = ContinuousClock.now

    init(on console: Console) { self.console = console }

    /// Whether there is something that was not told.
    func isWaiting(_ tally: LogTally) -> Bool { tally.explained > lines }

    var isOverdue: Bool { ContinuousClock.now - last >= Self.pause }

    mutating func tell(_ tally: LogTally) {
        last = .now
        console.progress("\(tally.total) lines, \(tally.explained) of them explained")
        guard isWaiting(tally) else { return }
        lines = tally.explained
        for fault in LogExplanation(tally).faults where told.insert(fault.check).inserted {
            let place = fault.sightings.places.first.map { "\($0.file):\($0.line): " } ?? ""
            console.note(
                "\(place)\(fault.severity.rawValue)[\(fault.check)]: \(fault.message)")
        }
    }
}
