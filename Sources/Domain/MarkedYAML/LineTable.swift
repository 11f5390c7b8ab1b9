import Synchronization

/// Where the lines of a text begin, and how many Unicode scalars precede each stretch of it.
///
/// Lines end at LF, CRLF or a lone CR: what editors count, and what YAML 1.2 section 5.4 keeps of
/// the longer list that YAML 1.1 had.
final class LineTable: Sendable {
    private static let stride = 256

    let starts: [UInt32]
    /// Scalars before each multiple of `stride`; empty when the text is ASCII, where bytes count.
    private let scalarCounts: [UInt32]

    init(_ bytes: [UInt8]) {
        var starts: [UInt32] = [0]
        starts.reserveCapacity(bytes.count / 32 + 1)
        var seen: UInt8 = 0
        bytes.withUnsafeBufferPointer { text in
            var index = 0
            while index < text.count {
                let byte = text[index]
                index += 1
                seen |= byte
                if byte > 0x0D { continue }
                if byte == 0x0A || (byte == 0x0D && (index == text.count || text[index] != 0x0A)) {
                    starts.append(UInt32(truncatingIfNeeded: index))
                }
            }
        }
        self.starts = starts
        scalarCounts = seen < 0x80 ? [] : Self.scalarCounts(of: bytes)
    }

    private static func scalarCounts(of bytes: [UInt8]) -> [UInt32] {
        var counts: [UInt32] = []
        counts.reserveCapacity(bytes.count / stride + 1)
        var scalars: UInt32 = 0
        for (index, byte) in bytes.enumerated() {
            if index.isMultiple(of: stride) { counts.append(scalars) }
            if !isContinuation(byte) { scalars &+= 1 }
        }
        if bytes.count.isMultiple(of: stride) { counts.append(scalars) }
        return counts
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// The line that holds byte `offset`, counted from 0.
    ///
    /// Complexity: logarithmic in the lines.
    func index(ofLineHolding offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The scalars in a range of bytes.
    ///
    /// Complexity: constant, so that one long line of API JSON with thousands of findings costs no
    /// more than many short ones.
    func scalars(from start: Int, to end: Int, in bytes: [UInt8]) -> Int {
        if scalarCounts.isEmpty { return end - start }
        return scalars(before: end, in: bytes) - scalars(before: start, in: bytes)
    }

    private func scalars(before offset: Int, in bytes: [UInt8]) -> Int {
        let block = offset / Self.stride
        var count = Int(scalarCounts[block])
        for byte in bytes[(block * Self.stride)..<offset] where !Self.isContinuation(byte) {
            count += 1
        }
        return count
    }
}

/// A line table that is built when the first place is asked for, and then kept.
final class LazyLineTable: Sendable {
    private let built = AtomicLazyReference<LineTable>()

    func table(for bytes: [UInt8]) -> LineTable {
        if let table = built.load() { return table }
        return built.storeIfNil(LineTable(bytes))
    }
}
