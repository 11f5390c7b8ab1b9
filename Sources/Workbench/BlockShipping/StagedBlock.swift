import Digests
import Glibc
import ObjectStore
import TSDBFormat

/// A block's files, hard-linked below `thanos/upload`: what happens to the block meanwhile, such as
/// its deletion, does not disturb the upload.
struct StagedBlock: Sendable {
    private static let pieceSize = 1 << 20

    let ulid: ULID
    private let folder: String
    /// Names of the files in `chunks`, sorted.
    let segments: [String]

    /// - Parameter tenant: the tenant's folder, in which the block lies.
    init(_ ulid: ULID, tenant: String) throws(ObjectStoreError) {
        self.ulid = ulid
        folder = "\(tenant)/thanos/upload/\(ulid)"
        do throws(ObjectStoreError) {
            try Self.remove(folder)
        } catch {
            throw error.wrapped("clean upload directory")
        }
        do throws(ObjectStoreError) {
            try SystemCall.makeDirectories("\(folder)/chunks", mode: 0o750)
        } catch {
            throw error.wrapped("create upload dir")
        }
        do throws(ObjectStoreError) {
            segments = try SystemCall.names(in: "\(tenant)/\(ulid)/chunks")
            for name in segments.map({ "chunks/\($0)" }) + ["index"] {
                try Self.link("\(tenant)/\(ulid)/\(name)", "\(folder)/\(name)", name: name)
            }
        } catch {
            throw error.wrapped("hard link block")
        }
    }

    func path(of name: String) -> String { "\(folder)/\(name)" }

    /// What the uploaded `meta.json` says about the files, itself included.
    func files(hashed: Bool) throws(ObjectStoreError) -> [ThanosMeta.File] {
        do throws(ObjectStoreError) {
            var files: [ThanosMeta.File] = []
            for name in segments.map({ "chunks/\($0)" }) + ["index"] {
                files.append(try file(name, hashed: hashed))
            }
            return files + [ThanosMeta.File(relativePath: "meta.json")]
        } catch {
            throw error.wrapped("gather meta file stats")
        }
    }

    func remove() throws(ObjectStoreError) { try Self.remove(folder) }

    private func file(_ name: String, hashed: Bool) throws(ObjectStoreError) -> ThanosMeta.File {
        let path = path(of: name)
        let descriptor = try SystemCall.open(path, O_RDONLY)
        defer { close(descriptor) }
        let size = try SystemCall.size(of: descriptor, path: path)
        var file = ThanosMeta.File(relativePath: name, sizeBytes: Int64(size))
        guard hashed else { return file }
        var hash = SHA256()
        for offset in stride(from: 0, to: size, by: Self.pieceSize) {
            hash.update(
                try SystemCall.read(descriptor, at: offset, count: Self.pieceSize, path: path))
        }
        file.sha256 = Hexadecimal.encode(hash.digest)
        return file
    }

    private static func link(
        _ source: String, _ target: String, name: String
    ) throws(ObjectStoreError) {
        guard Glibc.link(source, target) != 0 else { return }
        throw SystemCall.failure("link", "\(source) \(target)").wrapped("hard link file \(name)")
    }

    /// A folder of this shape, no deeper.
    private static func remove(_ folder: String) throws(ObjectStoreError) {
        for inner in ["\(folder)/chunks", folder] {
            let names: [String]
            do throws(ObjectStoreError) {
                names = try SystemCall.names(in: inner)
            } catch {
                if error.code == .notFound { continue }
                throw error
            }
            for name in names where unlink("\(inner)/\(name)") != 0 {
                throw SystemCall.failure("unlinkat", "\(inner)/\(name)")
            }
            guard rmdir(inner) == 0 else { throw SystemCall.failure("unlinkat", inner) }
        }
    }
}
