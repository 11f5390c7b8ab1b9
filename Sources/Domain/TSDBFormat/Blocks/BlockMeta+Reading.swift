import FoundationEssentials

extension BlockMeta {
    /// Reads the file `meta.json`; keys that are not known are passed over.
    package init(file: [UInt8]) throws(TSDBFormatError) {
        let meta: MetaFile
        do {
            meta = try JSONDecoder().decode(MetaFile.self, from: Data(file))
        } catch {
            throw TSDBFormatError(.corrupt, "meta.json does not describe a block", at: 0)
        }
        guard meta.version == 1 else {
            throw TSDBFormatError(
                .unsupported, "unexpected meta file version \(meta.version)", at: 0)
        }
        if let version = meta.thanos?.version, version != 0, version != 1 {
            throw TSDBFormatError(
                .unsupported, "unexpected meta file Thanos section version \(version)", at: 0)
        }
        self.init(
            ulid: meta.ulid.ulid, minTime: meta.minTime, maxTime: meta.maxTime,
            stats: meta.stats?.stats ?? Stats(), compaction: meta.compaction.compaction,
            thanos: meta.thanos?.meta)
    }
}

/// The keys of `meta.json`; what Go's encoder may leave out is optional.
private struct MetaFile: Decodable {
    let ulid: EncodedULID
    let minTime: Int64
    let maxTime: Int64
    let stats: Stats?
    let compaction: Compaction
    let version: Int
    let thanos: Thanos?

    struct Stats: Decodable {
        let numSamples: UInt64?
        let numFloatSamples: UInt64?
        let numHistogramSamples: UInt64?
        let numSeries: UInt64?
        let numChunks: UInt64?
        let numTombstones: UInt64?

        var stats: BlockMeta.Stats {
            var stats = BlockMeta.Stats(
                numFloatSamples: numFloatSamples ?? 0,
                numHistogramSamples: numHistogramSamples ?? 0, numSeries: numSeries ?? 0,
                numChunks: numChunks ?? 0, numTombstones: numTombstones ?? 0)
            stats.numSamples = numSamples ?? 0
            return stats
        }
    }

    struct Compaction: Decodable {
        let level: Int
        let sources: [EncodedULID]?
        let parents: [Parent]?
        let deletable: Bool?
        let failed: Bool?
        let hints: [String]?

        var compaction: BlockMeta.Compaction {
            BlockMeta.Compaction(
                level: level, sources: (sources ?? []).map(\.ulid),
                parents: (parents ?? []).map(\.parent), isDeletable: deletable ?? false,
                hasFailed: failed ?? false, hints: hints ?? [])
        }
    }

    struct Parent: Decodable {
        let ulid: EncodedULID
        let minTime: Int64
        let maxTime: Int64

        var parent: BlockMeta.Parent {
            BlockMeta.Parent(ulid: ulid.ulid, minTime: minTime, maxTime: maxTime)
        }
    }
}

private struct EncodedULID: Decodable {
    let ulid: ULID

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let ulid = ULID(text) else {
            throw TSDBFormatError(.corrupt, "\(text) is no ULID", at: 0)
        }
        self.ulid = ulid
    }
}

extension MetaFile {
    struct Thanos: Decodable {
        let version: Int?
        let labels: [String: String]?
        let downsample: Downsample?
        let source: String?
        let segmentFiles: [String]?
        let files: [File]?
        let indexStats: IndexStats?
        let uploadTime: String?

        enum CodingKeys: String, CodingKey {
            case version, labels, downsample, source, files
            case segmentFiles = "segment_files"
            case indexStats = "index_stats"
            case uploadTime = "upload_time"
        }

        struct Downsample: Decodable {
            let resolution: Int64
        }

        struct Hash: Decodable {
            let value: String
        }

        var meta: ThanosMeta {
            ThanosMeta(
                version: version ?? 0, labels: labels ?? [:],
                resolution: downsample?.resolution ?? 0, source: source ?? "",
                segmentFiles: segmentFiles ?? [], files: (files ?? []).map(\.file),
                indexStats: indexStats?.stats ?? ThanosMeta.IndexStats(), uploadTime: uploadTime)
        }
    }

    struct File: Decodable {
        let relativePath: String
        let sizeBytes: Int64?
        let hash: Thanos.Hash?

        enum CodingKeys: String, CodingKey {
            case relativePath = "rel_path"
            case sizeBytes = "size_bytes"
            case hash
        }

        var file: ThanosMeta.File {
            ThanosMeta.File(
                relativePath: relativePath, sizeBytes: sizeBytes, sha256: hash?.value)
        }
    }

    struct IndexStats: Decodable {
        let seriesMaxSize: Int64?
        let chunkMaxSize: Int64?

        enum CodingKeys: String, CodingKey {
            case seriesMaxSize = "series_max_size"
            case chunkMaxSize = "chunk_max_size"
        }

        var stats: ThanosMeta.IndexStats {
            ThanosMeta.IndexStats(
                seriesMaxSize: seriesMaxSize ?? 0, chunkMaxSize: chunkMaxSize ?? 0)
        }
    }
}
