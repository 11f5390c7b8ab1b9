import FoundationEssentials
import LoopbackServer

/// Copies of a tenant's folder, one with the blocks only and one with the write-ahead log only.
struct BlocksAndLog {
    var blocks: String { "\(copy.path)/blocks" }
    var log: String { "\(copy.path)/log" }
    /// Goes with its owner.
    private let copy: TemporaryFolder

    init(of folder: String) throws {
        copy = try TemporaryFolder()
        let files = FileManager.default
        for part in [blocks, log] {
            try files.createDirectory(atPath: part, withIntermediateDirectories: true)
        }
        // promtool wants to see a log in every folder.
        try files.createDirectory(atPath: "\(blocks)/wal", withIntermediateDirectories: true)
        for name in try files.contentsOfDirectory(atPath: folder) {
            // The name of a block is a ULID.
            let target = name.utf8.count == 26 ? blocks : name == "wal" ? log : nil
            guard let target else { continue }
            try files.copyItem(atPath: "\(folder)/\(name)", toPath: "\(target)/\(name)")
        }
    }
}
