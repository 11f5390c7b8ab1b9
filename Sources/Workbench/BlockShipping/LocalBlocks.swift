import Glibc
import ObjectStore
import TSDBFormat

/// The blocks that lie in a tenant's folder.
enum LocalBlocks {
    private static let maxMetaBytes = 16 << 20

    /// What their `meta.json` says, the oldest first.
    static func metas(in folder: String) throws(ObjectStoreError) -> [BlockMeta] {
        var metas: [BlockMeta] = []
        for name in try names(in: folder) where ULID(name) != nil {
            let block = "\(folder)/\(name)"
            guard try isFolder(block) else { continue }
            metas.append(try meta(of: block))
        }
        return metas.sorted { ($0.minTime, $0.ulid) < ($1.minTime, $1.ulid) }
    }

    private static func names(in folder: String) throws(ObjectStoreError) -> [String] {
        do throws(ObjectStoreError) {
            return try SystemCall.names(in: folder)
        } catch {
            throw error.wrapped("read dir")
        }
    }

    private static func isFolder(_ path: String) throws(ObjectStoreError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw SystemCall.failure("stat", path).wrapped("stat block \(path)")
        }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    private static func meta(of block: String) throws(ObjectStoreError) -> BlockMeta {
        let wrap = "read metadata for block \(block)"
        let bytes: [UInt8]
        do throws(ObjectStoreError) {
            bytes = try SystemCall.contents(of: "\(block)/meta.json", limit: maxMetaBytes)
        } catch {
            throw error.wrapped(wrap)
        }
        do throws(TSDBFormatError) {
            return try BlockMeta(file: bytes)
        } catch {
            throw ObjectStoreError(.file, error.message).wrapped(wrap)
        }
    }
}
