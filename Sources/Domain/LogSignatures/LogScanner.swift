/// Reads logs in pieces and counts what they say; its memory does not grow with its input.
package struct LogScanner: Sendable {
    /// A longer line is judged by its beginning.
    static let longestLine = 4 << 20
    /// Small enough for the processor's cache.
    private static let usualPiece = 512 << 10
    private static let newline = UInt8(ascii: "\n")
    /// Bytes of a line that are kept to be cited.
    private static let citation = 2 << 10

    package private(set) var tally = LogTally()
    private let judge: LineJudge
    private var source = ""
    private var line = 1
    private var buffer = [UInt8](repeating: 0, count: usualPiece)
    private var filled = 0
    /// Whether the rest of a line is to be passed over.
    private var isSkipping = false

    package init(_ signatures: [LogSignature] = LogSignature.all) {
        judge = LineJudge(signatures)
    }

    /// The texts by which lines are found, for comparison with other searchers.
    package static var literals: [String] { LineJudge.keys(of: LogSignature.all) }

    /// Goes on with another source, from its first line.
    package mutating func begin(_ name: String) {
        finish()
        (source, line) = (name, 1)
    }

    /// Has a piece read into memory and judges the lines that it completes.
    ///
    /// - Returns: What `read` returned: the bytes read, 0 or less at the end.
    package mutating func fill(_ read: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
        let start = filled
        let count = buffer.withUnsafeMutableBytes { read(.init(rebasing: $0[start...])) }
        guard count > 0 else { return count }
        filled += min(count, buffer.count - filled)
        judgeCompleteLines(endingAfter: start)
        return count
    }

    /// Judges the lines that bytes complete.
    package mutating func append(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let taken = fill { memory in
                let count = min(rest.count, memory.count)
                memory.copyBytes(from: rest.prefix(count))
                return count
            }
            rest = rest.dropFirst(taken)
        }
    }

    /// Judges a last line without an end.
    package mutating func finish() {
        guard filled > 0 else {
            isSkipping = false
            return
        }
        if !isSkipping {
            judge(upTo: filled)
            tally.total += 1
        }
        (filled, isSkipping) = (0, false)
    }

    /// No line ends before the given place.
    private mutating func judgeCompleteLines(endingAfter start: Int) {
        var start = start
        if isSkipping {
            guard let end = buffer[..<filled].firstIndex(of: Self.newline) else {
                filled = 0
                return
            }
            isSkipping = false
            line += 1
            drop(end + 1)
            start = 0
        }
        if let end = buffer[start..<filled].lastIndex(of: Self.newline) {
            judge(upTo: end + 1)
            drop(end + 1)
        } else if filled == buffer.count, filled < Self.longestLine {
            buffer += [UInt8](repeating: 0, count: filled)
        } else if filled == buffer.count {
            judge(upTo: filled)
            tally.total += 1
            (filled, isSkipping) = (0, true)
        }
    }

    private mutating func drop(_ count: Int) {
        let rest = filled - count
        buffer.withUnsafeMutableBytes { bytes in
            guard rest > 0, let base = bytes.baseAddress else { return }
            base.copyMemory(from: base + count, byteCount: rest)
        }
        filled = rest
    }

    private mutating func judge(upTo end: Int) {
        // Out of the property for as long as its bytes are looked at, so that the rest may change.
        let bytes = buffer
        buffer = []
        bytes.withUnsafeBytes { judge(.init(rebasing: $0[..<end])) }
        buffer = bytes
    }
}

extension LogScanner {
    private mutating func judge(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        var judged: Int?
        while let hit = firstHit(in: bytes, from: position) {
            let start = bytes[position..<hit].lastIndex(of: Self.newline).map { $0 + 1 } ?? position
            pass(bytes, after: judged, upTo: start)
            judged = start
            judge(line: Self.line(of: bytes, at: start))
            position = min(start + Self.line(of: bytes, at: start).count + 1, bytes.count)
        }
        pass(bytes, after: judged, upTo: bytes.count)
    }

    private static func line(
        of bytes: UnsafeRawBufferPointer, at start: Int
    ) -> UnsafeRawBufferPointer {
        let end = bytes[start...].firstIndex(of: newline) ?? bytes.count
        return .init(rebasing: bytes[start..<end])
    }

    /// Counts the lines from one that was judged, or from the first, up to the next that will be.
    ///
    /// No text stands on those between, but klog tells the level without one.
    private mutating func pass(
        _ bytes: UnsafeRawBufferPointer, after judged: Int?, upTo end: Int
    ) {
        let begin = judged ?? 0
        var starts = judged == nil ? [begin] : []
        let count = LineEnds.count(in: bytes, begin..<end, startsOfBadKlog: &starts)
        for start in starts where start < end && KlogLine.isBad(bytes, at: start) {
            let skipped = LineEnds.count(in: bytes, begin..<start)
            addUnexplained(Self.line(of: bytes, at: start), number: line + skipped)
        }
        line += count
        tally.total += count
    }

    private mutating func addUnexplained(_ bytes: UnsafeRawBufferPointer, number: Int) {
        tally.unexplained += 1
        guard tally.unexplainedPlaces.count < LogTally.placeLimit else { return }
        tally.unexplainedPlaces.append(place(bytes, number: number))
    }

    /// A byte of the first text that is found.
    private func firstHit(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var hit: Int?
        judge.prefilter.search(bytes, from: start) { _, end in
            hit = end - 1
            return false
        }
        return hit
    }

    private mutating func judge(line bytes: UnsafeRawBufferPointer) {
        switch judge.verdict(on: bytes) {
        case .unremarkable: break
        case .explained(let signature, let trace):
            let place = tally.wantsPlaces(of: signature) ? place(bytes, number: line) : nil
            tally.add(place, at: LineTime.seconds(in: bytes), to: signature, trace: trace)
        case .unexplained: addUnexplained(bytes, number: line)
        }
    }

    private func place(_ bytes: UnsafeRawBufferPointer, number: Int) -> LogTally.Place {
        var text = String(decoding: bytes.prefix(Self.citation), as: UTF8.self)
        if text.hasSuffix("\r") { text.removeLast() }
        return LogTally.Place(source: source, line: number, text: text)
    }
}
