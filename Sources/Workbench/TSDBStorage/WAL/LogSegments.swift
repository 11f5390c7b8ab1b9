import TSDBFormat

/// The numbered files of one log, written one after the other.
///
/// A write that fails takes itself back and ends its file: pages that the system has given up may
/// be lost behind our back, so nothing that counts is added behind them.
struct LogSegments: ~Copyable, Sendable {
    private let folder: String
    private let segmentSize: Int
    private var next: Int
    private var file: LogFile?
    private var pages: WALPageWriter

    /// Begins with segment `next`, which is made on the first write.
    init(folder: String, next: Int, segmentSize: Int = WALPage.segmentSize) {
        self.folder = folder
        self.next = next
        self.segmentSize = segmentSize
        pages = WALPageWriter(segmentSize: segmentSize)
    }

    static func name(of segment: Int) -> String {
        let digits = String(segment)
        return String(repeating: "0", count: max(8 - digits.count, 0)) + digits
    }

    /// The numbers of the segments in a folder, ascending.
    static func numbers(in folder: String) throws(StorageError) -> [Int] {
        try Files.names(in: folder).filter { (8...16).contains($0.utf8.count) }
            .compactMap { Int($0) }.sorted()
    }

    static func removeSegments(through last: Int, in folder: String) throws(StorageError) {
        for number in try numbers(in: folder) where number <= last {
            try Files.remove(folder + "/" + name(of: number))
        }
    }

    /// Writes records, all of them or, when an error is thrown, none that counts.
    mutating func append(_ records: [[UInt8]], syncs: Bool) throws(StorageError) {
        guard !records.isEmpty else { return }
        do throws(StorageError) {
            try begin()
            var output: [UInt8] = []
            for record in records {
                if pages.append(record, to: &output) { continue }
                try file?.append(output)
                output = []
                try startSegment()
                _ = pages.append(record, to: &output)
            }
            try file?.append(output)
            if syncs { try file?.sync() }
        } catch {
            abandon()
            throw error
        }
    }

    /// Makes a segment if none is open: Prometheus does not read a log that has none.
    mutating func begin() throws(StorageError) {
        if file == nil { try open() }
    }

    /// Ends the open segment, begins the next, and answers the number of the first; no number is
    /// answered twice, with or without records between.
    mutating func roll() throws(StorageError) -> Int {
        try begin()
        let ended = next - 1
        try startSegment()
        return ended
    }

    /// Ends a file that failed; one that stayed empty goes, or a full disk would collect them.
    private mutating func abandon() {
        let isEmpty = file?.size == 0
        file = nil
        guard isEmpty, (try? Files.remove(folder + "/" + Self.name(of: next - 1))) != nil else {
            return
        }
        next -= 1
    }

    /// Ends the open segment durably.
    mutating func close() throws(StorageError) {
        defer { file = nil }
        try file?.sync()
    }

    private mutating func startSegment() throws(StorageError) {
        try close()
        try open()
    }

    private mutating func open() throws(StorageError) {
        try Files.makeFolder(folder)
        file = try LogFile(creating: folder + "/" + Self.name(of: next))
        next += 1
        pages = WALPageWriter(segmentSize: segmentSize)
        try Files.syncFolder(folder)
    }
}
