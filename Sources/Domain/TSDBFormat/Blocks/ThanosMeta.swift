/// The section `thanos` of an uploaded block's `meta.json` (Thanos' pkg/block/metadata/meta.go).
package struct ThanosMeta: Hashable, Sendable {
    /// 0 is left out; 1 is the only other one known.
    package var version: Int
    /// The external labels, among them the tenant's.
    package var labels: [String: String]
    /// Milliseconds between samples; 0 for raw data.
    package var resolution: Int64
    /// Which component made the block: `receive`.
    package var source: String
    /// Names of the files in `chunks`.
    package var segmentFiles: [String]
    package var files: [File]
    /// Bytes of the largest series and chunk; 0 is left out.
    package var indexStats: IndexStats
    /// RFC 3339 with nanoseconds; nil before v0.40.
    package var uploadTime: String?

    package init(
        version: Int = 0, labels: [String: String], resolution: Int64 = 0,
        source: String = "receive", segmentFiles: [String] = [], files: [File] = [],
        indexStats: IndexStats = IndexStats(), uploadTime: String? = nil
    ) {
        self.version = version
        self.labels = labels
        self.resolution = resolution
        self.source = source
        self.segmentFiles = segmentFiles
        self.files = files
        self.indexStats = indexStats
        self.uploadTime = uploadTime
    }

    /// A file of the block.
    package struct File: Hashable, Sendable {
        package var relativePath: String
        /// Nil for `meta.json`, which cannot state its own.
        package var sizeBytes: Int64?
        /// SHA-256 in hexadecimal digits, where hashes were asked for.
        package var sha256: String?

        package init(relativePath: String, sizeBytes: Int64? = nil, sha256: String? = nil) {
            self.relativePath = relativePath
            self.sizeBytes = sizeBytes
            self.sha256 = sha256
        }
    }

    package struct IndexStats: Hashable, Sendable {
        package var seriesMaxSize: Int64
        package var chunkMaxSize: Int64

        package init(seriesMaxSize: Int64 = 0, chunkMaxSize: Int64 = 0) {
            self.seriesMaxSize = seriesMaxSize
            self.chunkMaxSize = chunkMaxSize
        }
    }
}
