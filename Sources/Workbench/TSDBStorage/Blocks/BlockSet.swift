import TSDBFormat

/// The blocks of one tenant, in order of time.
struct BlockSet: Sendable {
    private(set) var blocks: [Block] = []
    private let folder: String

    /// Finds the blocks in a folder, and removes what a crash left unfinished.
    init(folder: String) throws(StorageError) {
        self.folder = folder
        for name in try Files.names(in: folder) {
            if name.hasSuffix(BlockWriter.unfinished) || name.hasSuffix(BlockWriter.condemned) {
                try Files.removeTree(folder + "/" + name)
            } else if ULID(name) != nil, let block = try? Block(folder: folder + "/" + name) {
                blocks.append(block)
            }
        }
        sort()
    }

    /// Milliseconds where the newest block ends; `Int64.min` without one.
    var newestEnd: Int64 { blocks.map(\.meta.maxTime).max() ?? .min }

    mutating func add(_ meta: BlockMeta) throws(StorageError) {
        blocks.append(try Block(folder: folder + "/" + meta.ulid.description))
        sort()
    }

    func overlapping(from: Int64, through: Int64) -> [Block] {
        blocks.filter { $0.meta.minTime <= through && $0.meta.maxTime > from }
    }

    /// Deletes blocks that ended longer before the newest than is to be kept, and names them
    /// (`BeyondTimeRetention` in tsdb/db.go).
    mutating func deleteExpired(_ options: DatabaseOptions) throws(StorageError) -> [String] {
        guard options.retention > 0, let newest = blocks.last?.meta.maxTime else { return [] }
        let (oldest, overflow) = newest.subtractingReportingOverflow(options.retention)
        guard !overflow else { return [] }
        var deleted: [String] = []
        for block in blocks where block.meta.maxTime <= oldest {
            let name = block.meta.ulid.description
            guard options.mayDelete(folder, name) else { continue }
            try Files.rename(block.folder, to: block.folder + BlockWriter.condemned)
            try Files.removeTree(block.folder + BlockWriter.condemned)
            deleted.append(name)
        }
        blocks.removeAll { deleted.contains($0.meta.ulid.description) }
        return deleted
    }

    private mutating func sort() {
        blocks.sort { ($0.meta.maxTime, $0.meta.minTime) < ($1.meta.maxTime, $1.meta.minTime) }
    }
}
