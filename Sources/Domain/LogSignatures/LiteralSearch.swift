/// Finds any of many texts in bytes, jumping over most of them.
///
/// The algorithm of Wu and Manber ("A fast algorithm for multi-pattern searching", 1994) with
/// blocks of four bytes: the block at the end of the window says how far no text can begin to end.
struct LiteralSearch: Sendable {
    private static let block = 4
    private static let hashBits: UInt32 = 15

    private let texts: [[UInt8]]
    /// As long as the shortest text.
    private let window: Int
    /// How far the window may move where the block is in no text.
    private let furthest: UInt8
    /// By hash of a block: how far the window may move; 0 where a text's last block may be.
    private let shifts: [UInt8]
    /// By hash of a block: 1 + the first text whose window may end there, 0 for none.
    private let firsts: [UInt16]
    /// 1 + the next text with the same hash.
    private let nexts: [UInt16]

    /// Texts of at least four bytes; shorter ones are never found.
    init(_ texts: [[UInt8]]) {
        let usable = texts.filter { $0.count >= Self.block }
        let window = min(usable.map(\.count).min() ?? Self.block, 200)
        let furthest = UInt8(window - Self.block + 1)
        var shifts = [UInt8](repeating: furthest, count: 1 << Self.hashBits)
        var firsts = [UInt16](repeating: 0, count: 1 << Self.hashBits)
        var nexts = [UInt16](repeating: 0, count: texts.count)
        for (index, text) in texts.enumerated() where text.count >= Self.block {
            // The window lies at the end of the text, which differs more than its beginning.
            let start = text.count - window
            for offset in 0...(window - Self.block) {
                let hash = Self.hash(text, at: start + offset)
                shifts[hash] = min(shifts[hash], UInt8(window - Self.block - offset))
            }
            let last = Self.hash(text, at: text.count - Self.block)
            nexts[index] = firsts[last]
            firsts[last] = UInt16(index + 1)
        }
        (self.texts, self.window, self.furthest) = (texts, window, furthest)
        (self.shifts, self.firsts, self.nexts) = (shifts, firsts, nexts)
    }

    private static func hash(_ text: [UInt8], at offset: Int) -> Int {
        text.withUnsafeBytes { hash($0.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
    }

    @inline(__always)
    private static func hash(_ base: UnsafeRawPointer, upTo end: Int) -> Int {
        hash(base.loadUnaligned(fromByteOffset: end &- block, as: UInt32.self))
    }

    @inline(__always)
    private static func hash(_ block: UInt32) -> Int {
        // Knuth's multiplicative hash (The Art of Computer Programming 3, section 6.4).
        Int(truncatingIfNeeded: (block &* 0x9E37_79B1) >> (32 - hashBits))
    }

    /// Calls with each text that ends in the range and with its end; stops when told false.
    ///
    /// Complexity: about the length divided by that of the shortest text; at worst the product of
    /// the length and the texts that end alike.
    @inline(__always)
    func search(
        _ bytes: UnsafeRawBufferPointer, from start: Int,
        _ found: (_ text: Int, _ end: Int) -> Bool
    ) {
        guard let base = bytes.baseAddress else { return }
        let count = bytes.count
        shifts.withUnsafeBufferPointer { shifts in
            var end = start + window
            while end <= count {
                end = passing(base, from: end, count: count, shifts)
                guard end <= count else { return }
                let hash = Self.hash(base, upTo: end)
                let shift = Int(shifts[hash])
                if shift > 0 {
                    end &+= shift
                    continue
                }
                guard verify(base, start: start, end: end, hash: hash, found) else { return }
                end &+= 1
            }
        }
    }

    /// Jumps over windows in which nothing of any text stands: four at a time, of which none has
    /// to wait for another.
    @inline(__always)
    private func passing(
        _ base: UnsafeRawPointer, from start: Int, count: Int, _ shifts: UnsafeBufferPointer<UInt8>
    ) -> Int {
        let step = Int(furthest)
        var end = start
        while end &+ 3 &* step <= count {
            let first = shifts[Self.hash(base, upTo: end)]
            let second = shifts[Self.hash(base, upTo: end &+ step)]
            let third = shifts[Self.hash(base, upTo: end &+ 2 &* step)]
            let fourth = shifts[Self.hash(base, upTo: end &+ 3 &* step)]
            guard min(first, second, min(third, fourth)) == furthest else { break }
            end &+= 4 &* step
        }
        return end
    }

    @inline(__always)
    private func verify(
        _ base: UnsafeRawPointer, start: Int, end: Int, hash: Int,
        _ found: (Int, Int) -> Bool
    ) -> Bool {
        var next = Int(firsts[hash])
        while next > 0 {
            let index = next - 1
            let text = texts[index]
            if end - start >= text.count, Self.equals(base + (end - text.count), text),
                !found(index, end)
            {
                return false
            }
            next = Int(nexts[index])
        }
        return true
    }

    private static func equals(_ bytes: UnsafeRawPointer, _ text: [UInt8]) -> Bool {
        text.withUnsafeBytes { text in
            for index in (0..<text.count).reversed()
            where bytes.load(fromByteOffset: index, as: UInt8.self) != text[index] {
                return false
            }
            return true
        }
    }
}
