import FoundationEssentials
import Glibc
package import ObjectStore
package import TSDBFormat

/// `thanos.shipper.json`: which blocks of a tenant's folder are in the bucket.
package struct ShipperFile: Sendable, Hashable {
    /// Room for a million blocks.
    private static let maxBytes = 32 << 20

    package var uploaded: [ULID]

    package init(uploaded: [ULID] = []) { self.uploaded = uploaded }

    /// Reads it from a tenant's folder; `.notFound` when there is none.
    package init(folder: String) throws(ObjectStoreError) {
        let path = Self.path(in: folder)
        let bytes: [UInt8]
        do throws(ObjectStoreError) {
            bytes = try SystemCall.contents(of: path, limit: Self.maxBytes)
        } catch {
            throw error.wrapped("failed to read \(path)")
        }
        let content: Content
        do {
            content = try JSONDecoder().decode(Content.self, from: Data(bytes))
        } catch {
            let text = String(decoding: bytes.prefix(1024), as: UTF8.self)
            throw ObjectStoreError(
                .file, "failed to parse \(path) as JSON: \(text.debugDescription)")
        }
        guard content.version == 1 else {
            throw ObjectStoreError(.file, "unexpected meta file version \(content.version)")
        }
        uploaded = (content.uploaded ?? []).compactMap { ULID($0) }
    }

    private struct Content: Decodable {
        let version: Int
        let uploaded: [String]?
    }

    private static func path(in folder: String) -> String { "\(folder)/thanos.shipper.json" }

    /// The text as Go's encoder writes it, indented with tabs.
    var text: String {
        let names = uploaded.map { "\t\t\"\($0)\"" }.joined(separator: ",\n")
        let list = uploaded.isEmpty ? "null" : "[\n\(names)\n\t]"
        return "{\n\t\"version\": 1,\n\t\"uploaded\": \(list)\n}\n"
    }

    /// Replaces the file as a whole: after a crash there is the old one or the new one.
    func write(to folder: String) throws(ObjectStoreError) {
        let path = Self.path(in: folder)
        let unfinished = path + ".tmp"
        let descriptor = try SystemCall.open(unfinished, O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(descriptor) }
        try SystemCall.write(Array(text.utf8), to: descriptor, path: unfinished)
        guard fsync(descriptor) == 0 else { throw SystemCall.failure("sync", unfinished) }
        guard rename(unfinished, path) == 0 else { throw SystemCall.failure("rename", unfinished) }
        try SystemCall.synchronize(folder: folder)
    }
}
