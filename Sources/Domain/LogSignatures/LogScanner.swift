/// Reads logs in pieces and counts what they say; its memory does not grow with its input.
package struct LogScanner: Sendable {
    /// A longer line is judged by its beginning.
    private static let capacity = 512 << 10
    private static let newline = UInt8(ascii: "\n")
    /// Bytes of a line that are kept to be cited.
    private static let citation = 2 << 10

    package private(set) var tally = LogTally()
    private let judge: LineJudge
    private var source = ""
    private var line = 1
    private var buffer = [UInt8](repeating: 0, count: capacity)
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
        filled += min(count, Self.capacity - filled)
        judgeCompleteLines()
        return count
    }

    /// Judges a last line without an end.
    package mutating func finish() {
        guard filled > 0 else {
            isSkipping = false
            return
        }
        if !isSkipping { judge(upTo: filled) }
        if !isSkipping { tally.total += 1 }
        (filled, isSkipping) = (0, false)
    }

    private mutating func judgeCompleteLines() {
        if isSkipping {
            guard let end = buffer[..<filled].firstIndex(of: Self.newline) else {
                filled = 0
                return
            }
            isSkipping = false
            line += 1
            drop(end + 1)
        }
        if let end = buffer[..<filled].lastIndex(of: Self.newline) {
            judge(upTo: end + 1)
            drop(end + 1)
        } else if filled == Self.capacity {
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
        var counted = 0
        while let hit = firstHit(in: bytes, from: position) {
            let start = bytes[position..<hit].lastIndex(of: Self.newline).map { $0 + 1 } ?? position
            let end = bytes[hit...].firstIndex(of: Self.newline) ?? bytes.count
            count(NewlineCount.lines(in: bytes, counted..<start))
            counted = start
            judge(line: .init(rebasing: bytes[start..<end]))
            position = min(end + 1, bytes.count)
        }
        count(NewlineCount.lines(in: bytes, counted..<bytes.count))
    }

    private mutating func count(_ lines: Int) {
        line += lines
        tally.total += lines
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
        case .explained(let signature):
            let place = tally.wantsPlaces(of: signature) ? place(bytes) : nil
            tally.add(place, at: LineTime.seconds(in: bytes), to: signature)
        case .unexplained:
            tally.unexplained += 1
            guard tally.unexplainedPlaces.count < LogTally.placeLimit else { return }
            tally.unexplainedPlaces.append(place(bytes))
        }
    }

    private func place(_ bytes: UnsafeRawBufferPointer) -> LogTally.Place {
        var text = String(decoding: bytes.prefix(Self.citation), as: UTF8.self)
        if text.hasSuffix("\r") { text.removeLast() }
        return LogTally.Place(source: source, line: line, text: text)
    }
}

/// Counts line ends, eight bytes at a time.
private enum NewlineCount {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

    static func lines(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var index = range.lowerBound
        var count = 0
        while range.upperBound &- index >= 8 {
            // A lane counts to 255 before it would overflow.
            let end = index &+ min((range.upperBound &- index) / 8, 255) &* 8
            var lanes: UInt64 = 0
            while index < end {
                let word =
                    base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    ^ (ones &* UInt64(UInt8(ascii: "\n")))
                // The high bit of each byte that is zero, exactly.
                lanes &+= ~(((word & low) &+ low) | word | low) >> 7
                index &+= 8
            }
            let pairs = (lanes & 0x00FF_00FF_00FF_00FF) &+ ((lanes >> 8) & 0x00FF_00FF_00FF_00FF)
            count += Int((pairs &* 0x0001_0001_0001_0001) >> 48)
        }
        while index < range.upperBound {
            if base.load(fromByteOffset: index, as: UInt8.self) == UInt8(ascii: "\n") { count += 1 }
            index += 1
        }
        return count
    }
}
