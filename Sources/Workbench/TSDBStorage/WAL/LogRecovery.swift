import TSDBFormat
import TimeSeries

/// Reads the logs of a tenant back into a head.
///
/// A segment that breaks off is cut where its last whole record ends, so that it ends there for
/// every later reader as well. The segments behind it count: a write that failed may have left it
/// so.
struct LogRecovery {
    /// A segment beyond this was not written by us, nor by Prometheus with its defaults.
    private static let segmentLimit = 1 << 30

    private(set) var state: HeadState
    private var places: [UInt64: Int] = [:]
    private let onRepair: (String) -> Void

    init(state: HeadState, onRepair: @escaping (String) -> Void) {
        self.state = state
        self.onRepair = onRepair
    }

    /// Reads checkpoint and segments; answers the number of the segment to begin.
    mutating func readLog(in folder: String) throws(StorageError) -> Int {
        var last = -1
        if let checkpoint = try Checkpoint.newest(in: folder) {
            _ = try readSegments(in: checkpoint.folder, after: -1, as: .inOrder)
            last = checkpoint.through
        }
        return max(last, try readSegments(in: folder, after: last, as: .inOrder)) + 1
    }

    /// Reads the log of late samples, whose series the other log has named.
    mutating func readLateLog(in folder: String) throws(StorageError) -> Int {
        try readSegments(in: folder, after: -1, as: .late) + 1
    }

    private enum Order {
        case inOrder, late
    }

    private mutating func readSegments(
        in folder: String, after first: Int, as order: Order
    ) throws(StorageError) -> Int {
        let numbers = try LogSegments.numbers(in: folder).filter { $0 > first }
        for number in numbers {
            let path = folder + "/" + LogSegments.name(of: number)
            if let error = try read(segment: path, as: order) { onRepair(error) }
        }
        return numbers.last ?? first
    }

    /// Reads one segment; the answer says why it ends early, where it now ends in fact.
    private mutating func read(
        segment path: String, as order: Order
    ) throws(StorageError) -> String? {
        var reader = WALReader(segment: try Files.read(path, limit: Self.segmentLimit))
        var end = 0
        do throws(TSDBFormatError) {
            while let record = try reader.next() {
                restore(try WALRecord(record), as: order)
                end = reader.validEnd
            }
            return nil
        } catch  where error.code == .unsupported {
            // Whole, and not ours to cut.
            throw StorageError("read", path, reason: error.message)
        } catch {
            try Files.truncate(path, to: end)
            return "corruption in segment \(path) at \(end): \(error.message)"
        }
    }

    private mutating func restore(_ record: WALRecord, as order: Order) {
        switch record {
        case .series(let series):
            for entry in series { restore(entry) }
        case .samples(let samples):
            for entry in samples {
                guard let place = places[entry.reference] else { continue }
                switch order {
                case .inOrder: state.restore(entry.sample, to: place)
                case .late: state.restoreLate(entry.sample, to: place)
                }
            }
        case .histograms(let histograms):
            for entry in histograms {
                guard let place = places[entry.reference] else { continue }
                state.restore(entry.timestamp, entry.histogram, to: place)
            }
        case .tombstones, .exemplars, .metadata, .unknown: break
        }
    }

    /// A series that was forgotten and came again has had several references.
    private mutating func restore(_ entry: LoggedSeries) {
        state.reserve(ref: entry.reference)
        let known = entry.labels.wire.withUnsafeBytes { state.find($0) }
        places[entry.reference] = known ?? state.add(entry.labels, ref: entry.reference)
    }
}
