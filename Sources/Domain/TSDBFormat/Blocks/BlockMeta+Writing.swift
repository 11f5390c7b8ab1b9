extension BlockMeta {
    /// The file `meta.json`, byte for byte as Prometheus writes it, or Thanos with its section.
    package var file: [UInt8] {
        var members: [(key: String, value: GoJSON)] = [
            ("ulid", .text(ulid.description)), ("minTime", .number(minTime)),
            ("maxTime", .number(maxTime)), ("stats", stats.json), ("compaction", compaction.json),
            ("version", .number(1)),
        ]
        if let thanos { members.append(("thanos", thanos.json)) }
        // Thanos' encoder ends the line, Prometheus' does not.
        return Array((GoJSON.object(members).text() + (thanos == nil ? "" : "\n")).utf8)
    }
}

extension BlockMeta.Stats {
    fileprivate var json: GoJSON {
        .object(
            [
                ("numSamples", numSamples), ("numFloatSamples", numFloatSamples),
                ("numHistogramSamples", numHistogramSamples), ("numSeries", numSeries),
                ("numChunks", numChunks), ("numTombstones", numTombstones),
            ].filter { $0.1 > 0 }.map { ($0.0, .number($0.1)) })
    }
}

extension BlockMeta.Compaction {
    fileprivate var json: GoJSON {
        var members: [(key: String, value: GoJSON)] = [("level", .number(level))]
        if !sources.isEmpty { members.append(("sources", .texts(sources.map(\.description)))) }
        if isDeletable { members.append(("deletable", .bool(true))) }
        if !parents.isEmpty { members.append(("parents", .list(parents.map(\.json)))) }
        if hasFailed { members.append(("failed", .bool(true))) }
        if !hints.isEmpty { members.append(("hints", .texts(hints))) }
        return .object(members)
    }
}

extension BlockMeta.Parent {
    fileprivate var json: GoJSON {
        .object([
            ("ulid", .text(ulid.description)), ("minTime", .number(minTime)),
            ("maxTime", .number(maxTime)),
        ])
    }
}

extension ThanosMeta {
    fileprivate var json: GoJSON {
        var members: [(key: String, value: GoJSON)] = []
        if version != 0 { members.append(("version", .number(version))) }
        members += [
            (
                "labels",
                .object(labels.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
            ),
            ("downsample", .object([("resolution", .number(resolution))])),
            ("source", .text(source)),
        ]
        if !segmentFiles.isEmpty { members.append(("segment_files", .texts(segmentFiles))) }
        if !files.isEmpty { members.append(("files", .list(files.map(\.json)))) }
        members.append(("index_stats", indexStats.json))
        if let uploadTime { members.append(("upload_time", .text(uploadTime))) }
        return .object(members)
    }
}

extension ThanosMeta.File {
    fileprivate var json: GoJSON {
        var members: [(key: String, value: GoJSON)] = [("rel_path", .text(relativePath))]
        if let sizeBytes, sizeBytes > 0 { members.append(("size_bytes", .number(sizeBytes))) }
        if let sha256 {
            members.append(
                ("hash", .object([("hashFunc", .text("SHA256")), ("value", .text(sha256))])))
        }
        return .object(members)
    }
}

extension ThanosMeta.IndexStats {
    fileprivate var json: GoJSON {
        .object(
            [("series_max_size", seriesMaxSize), ("chunk_max_size", chunkMaxSize)]
                .filter { $0.1 > 0 }.map { ($0.0, .number($0.1)) })
    }
}
