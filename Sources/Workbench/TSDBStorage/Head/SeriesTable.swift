import TimeSeries

/// Finds the series of a head by the bytes of its labels.
///
/// Open addressing over one array of words: the upper half of a slot repeats the hash, so that a
/// series is looked at only when it is nearly certain to be the one.
struct SeriesTable: Sendable {
    /// Upper 32 bits of the hash, then the index plus one; 0 is free.
    private var slots: [UInt64]
    private var count = 0

    init(capacity: Int = 1024) {
        slots = Array(repeating: 0, count: Self.size(for: capacity))
    }

    /// The index under a hash for which `matches` holds.
    func find(_ hash: UInt64, where matches: (Int) -> Bool) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 {
                let index = Int(slots[slot] & 0xFFFF_FFFF) - 1
                if matches(index) { return index }
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds an index that is not in the table yet; `hashOf` is asked again when the table grows.
    mutating func insert(_ index: Int, hash: UInt64, hashOf: (Int) -> UInt64) {
        count += 1
        if count * 2 > slots.count {
            var larger = SeriesTable(capacity: count * 2)
            for slot in slots where slot != 0 {
                let index = Int(slot & 0xFFFF_FFFF) - 1
                larger.place(index, hash: hashOf(index))
            }
            slots = larger.slots
        }
        place(index, hash: hash)
    }

    private mutating func place(_ index: Int, hash: UInt64) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            slot = (slot + 1) & mask
        }
        slots[slot] = (hash & ~0xFFFF_FFFF) | UInt64(index + 1)
    }

    private static func size(for capacity: Int) -> Int {
        var size = 1024
        while size < capacity * 2 { size *= 2 }
        return size
    }
}
