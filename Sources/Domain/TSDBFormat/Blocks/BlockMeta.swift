/// What `meta.json` says about a block (Prometheus' tsdb/block.go).
package struct BlockMeta: Hashable, Sendable {
    package var ulid: ULID
    /// Milliseconds of the oldest sample, or the start of the block's range.
    package var minTime: Int64
    /// Milliseconds; newer than the newest sample.
    package var maxTime: Int64
    package var stats: Stats
    package var compaction: Compaction
    /// What Thanos adds to a block before it uploads it.
    package var thanos: ThanosMeta?

    package init(
        ulid: ULID, minTime: Int64, maxTime: Int64, stats: Stats,
        compaction: Compaction, thanos: ThanosMeta? = nil
    ) {
        self.ulid = ulid
        self.minTime = minTime
        self.maxTime = maxTime
        self.stats = stats
        self.compaction = compaction
        self.thanos = thanos
    }

    /// How much a block holds.
    package struct Stats: Hashable, Sendable {
        package var numSamples: UInt64
        package var numFloatSamples: UInt64
        package var numHistogramSamples: UInt64
        package var numSeries: UInt64
        package var numChunks: UInt64
        package var numTombstones: UInt64

        package init(
            numFloatSamples: UInt64 = 0, numHistogramSamples: UInt64 = 0, numSeries: UInt64 = 0,
            numChunks: UInt64 = 0, numTombstones: UInt64 = 0
        ) {
            numSamples = numFloatSamples &+ numHistogramSamples
            self.numFloatSamples = numFloatSamples
            self.numHistogramSamples = numHistogramSamples
            self.numSeries = numSeries
            self.numChunks = numChunks
            self.numTombstones = numTombstones
        }
    }

    /// What a block was made from.
    package struct Compaction: Hashable, Sendable {
        /// 1 for a block that was cut from memory.
        package var level: Int
        package var sources: [ULID]
        package var parents: [Parent]
        package var isDeletable: Bool
        package var hasFailed: Bool
        /// Such as `from-out-of-order`.
        package var hints: [String]

        package init(
            level: Int = 1, sources: [ULID], parents: [Parent] = [], isDeletable: Bool = false,
            hasFailed: Bool = false, hints: [String] = []
        ) {
            self.level = level
            self.sources = sources
            self.parents = parents
            self.isDeletable = isDeletable
            self.hasFailed = hasFailed
            self.hints = hints
        }
    }

    /// A block that went into this one; milliseconds.
    package struct Parent: Hashable, Sendable {
        package var ulid: ULID
        package var minTime: Int64
        package var maxTime: Int64

        package init(ulid: ULID, minTime: Int64, maxTime: Int64) {
            self.ulid = ulid
            self.minTime = minTime
            self.maxTime = maxTime
        }
    }
}
