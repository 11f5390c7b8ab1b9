import RemoteWrite
import Synchronization
import TestSupport
import TimeSeries

/// What was sent and what of it was acknowledged; several connections write in it.
final class Ledger: Sendable {
    /// One request: the first series of a connection have a sample each at one moment.
    struct Entry: Sendable {
        let connection: Int
        /// Counts the requests of all connections.
        let tick: Int
        let width: Int
        /// Which start of the receiver it was sent to.
        let round: Int
    }

    static let metric = "kill_ledger"
    static let widest = 60
    // Far enough apart that the heads are cut into blocks while the kills go on.
    private static let interval: Int64 = 20_000
    private static let start: Int64 = 1_790_000_000_000

    private struct State {
        var chance: SeededNumbers
        var tick = 0
        var acknowledged: [Entry] = []
    }

    // Written by the threads of all connections.
    private let state: Mutex<State>

    init(seed: UInt64) { state = Mutex(State(chance: SeededNumbers(seed: seed))) }

    /// The moment of the newest sample, in milliseconds.
    var newest: Int64 { Self.moment(state.withLock { $0.tick }) }

    func next(connection: Int, round: Int) -> Entry {
        state.withLock { state in
            state.tick += 1
            let width = Int.random(in: 1...Self.widest, using: &state.chance)
            return Entry(connection: connection, tick: state.tick, width: width, round: round)
        }
    }

    func acknowledge(_ entry: Entry) { state.withLock { $0.acknowledged.append(entry) } }

    /// Every sample that must be found.
    var owed: StoredSamples {
        var owed = StoredSamples()
        for entry in state.withLock({ $0.acknowledged }) {
            for index in 0..<entry.width {
                owed.insert(
                    Self.labels(entry, index), Self.moment(entry.tick), Double(entry.tick))
            }
        }
        return owed
    }

    static func body(of entry: Entry) -> WriteBody {
        let sample = Sample(timestamp: moment(entry.tick), value: Double(entry.tick))
        return WriteBody(
            (0..<entry.width).map { index in
                let labels = labels(entry, index).sorted { $0.key < $1.key }
                return SeriesSamples(
                    labels: labels.map { SeriesLabel($0.key, $0.value) }, samples: [sample])
            })
    }

    private static func moment(_ tick: Int) -> Int64 { start + Int64(tick) * interval }

    /// Half of the series go on from round to round, the others are new in each.
    private static func labels(_ entry: Entry, _ index: Int) -> [String: String] {
        [
            "__name__": metric, "connection": "\(entry.connection)", "index": "\(index)",
            "round": index.isMultiple(of: 2) ? "all" : "\(entry.round)",
        ]
    }
}
