import TSDBFormat
import TimeSeries

/// A log made of what a head holds, which takes the place of all segments up to a number.
struct Checkpoint {
    private static let prefix = "checkpoint."
    private static let unfinished = ".tmp"
    /// Samples of one record.
    private static let recordSize = 4096

    let state: HeadState

    /// The checkpoint to read, and the last segment that it stands for.
    static func newest(in folder: String) throws(StorageError) -> (folder: String, through: Int)? {
        let found = try Files.names(in: folder).compactMap { name -> (String, Int)? in
            guard name.hasPrefix(prefix), name.utf8.count <= prefix.utf8.count + 16,
                let number = Int(name.dropFirst(prefix.utf8.count))
            else { return nil }
            return (folder + "/" + name, number)
        }
        return found.max { $0.1 < $1.1 }.map { (folder: $0.0, through: $0.1) }
    }

    /// Writes the checkpoint, then removes the segments and checkpoints that it stands for.
    func write(in folder: String, through last: Int) throws(StorageError) {
        let name = Self.prefix + LogSegments.name(of: last)
        let target = folder + "/" + name
        try Files.removeTree(target + Self.unfinished)
        try Files.makeFolder(target + Self.unfinished)
        var segments = LogSegments(folder: target + Self.unfinished, next: 0)
        try writeRecords(to: &segments)
        try segments.close()
        try Files.removeTree(target)
        try Files.rename(target + Self.unfinished, to: target)
        try Files.syncFolder(folder)
        try LogSegments.removeSegments(through: last, in: folder)
        for other in try Files.names(in: folder)
        where other.hasPrefix(Self.prefix) && other != name {
            try Files.removeTree(folder + "/" + other)
        }
    }

    private func writeRecords(to segments: inout LogSegments) throws(StorageError) {
        var records = LogRecords()
        var count = 0
        for series in state.series {
            records.add(ref: series.ref, labels: series.labels)
            for chunk in series.chunks {
                for point in chunk.points {
                    switch point {
                    case .float(let sample):
                        records.add(ref: series.ref, sample.timestamp, sample.value)
                    case .histogram(let timestamp, let histogram):
                        records.add(ref: series.ref, timestamp, histogram)
                    }
                    count += 1
                }
            }
            guard count >= Self.recordSize else { continue }
            try segments.append(records.main, syncs: false)
            records = LogRecords()
            count = 0
        }
        try segments.append(records.main, syncs: true)
    }

    /// The late samples that no block holds yet.
    var lateRecords: [[UInt8]] {
        var finished: [[UInt8]] = []
        var records = LogRecords()
        var count = 0
        for series in state.series {
            for sample in series.outOfOrder {
                records.addLate(ref: series.ref, sample.timestamp, sample.value)
                count += 1
            }
            guard count >= Self.recordSize else { continue }
            finished += records.late
            records = LogRecords()
            count = 0
        }
        return finished + records.late
    }
}
