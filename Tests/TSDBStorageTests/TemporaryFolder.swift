import Foundation
import TSDBFormat

/// A folder that goes when its owner does, with the few looks and blows that tests need.
final class TemporaryFolder: Sendable {
    let path: String
    private let root: URL
    private let isOwner: Bool

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "storage-\(UUID())")
        isOwner = true
        path = root.appending(path: "original").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    private init(copyOf original: TemporaryFolder) throws {
        root = original.root
        isOwner = false
        path = root.appending(path: "\(UUID())").path
        try FileManager.default.copyItem(atPath: original.path, toPath: path)
    }

    deinit { if isOwner { try? FileManager.default.removeItem(at: root) } }

    /// As it stands on disk now, what a crash at this moment would leave; goes with the original.
    func copy() throws -> TemporaryFolder { try TemporaryFolder(copyOf: self) }

    func names(in folder: String = "") -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")
        return (names ?? []).sorted()
    }

    /// The folders of blocks.
    var blocks: [String] { names().filter { ULID($0) != nil } }

    func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(filePath: "\(path)/\(name)")))
    }

    /// Writes a file, with its folders.
    func write(_ bytes: [UInt8], to name: String) throws {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }
}
