/// The endpoints of a hashmod ring: replica n of a series is number (hash + n) mod count.
struct HashmodCycle: Sendable {
    private let count: UInt64
    /// Replicas of a series, no more than there are endpoints.
    private let width: Int
    /// All endpoints, and the first ones again: the replicas of a series are a stretch of it.
    private let cycle: [Int32]

    init(count: Int, replicationFactor: Int) {
        self.count = UInt64(count)
        width = max(0, min(count, replicationFactor))
        cycle = (0..<count + width).map { Int32($0 % max(1, count)) }
    }

    func replicas(forHash hash: UInt64) -> ArraySlice<Int32> {
        guard count > 0 else { return [] }
        // The sum wraps around in 64 bits, as it does in Go.
        guard hash <= UInt64.max - UInt64(width) else {
            let indices = (0..<width).map { Int32((hash &+ UInt64($0)) % count) }
            return indices[...]
        }
        let start = Int(hash % count)
        return cycle[start..<start + width]
    }
}
