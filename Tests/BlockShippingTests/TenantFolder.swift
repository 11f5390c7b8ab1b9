import BlockShipping
import Foundation
import LoopbackServer
import ObjectStore
import Synchronization

/// A tenant's folder with copies of the recorded block.
final class TenantFolder: Sendable {
    static let recorded = "01M817KTNA2STY54HSN6D1BZBN"
    static let labels = ["receive_replica": "1", "tenant_id": "default-tenant"]
    /// When the recorded block was uploaded.
    static let uploadTime = "2026-11-22T08:57:54.1447278Z"

    private let folder: TemporaryFolder
    private let seen = Mutex<[ShippingEvent]>([])

    var path: String { folder.path }
    var events: [ShippingEvent] { seen.withLock { $0 } }
    var messages: [String] { events.compactMap(\.logLine?.message) }

    /// - Parameter blocks: names of blocks, and what to replace in their `meta.json`.
    init(_ blocks: [(ulid: String, edits: [(String, String)])] = [(recorded, [])]) throws {
        folder = try TemporaryFolder()
        for block in blocks { try add(block.ulid, block.edits) }
    }

    func add(_ ulid: String, _ edits: [(String, String)] = []) throws {
        let target = "\(path)/\(ulid)"
        try FileManager.default.copyItem(atPath: Fixture.path("block"), toPath: target)
        var meta = try Fixture.text("block/meta.json").replacing(Self.recorded, with: ulid)
        for (old, new) in edits { meta = meta.replacing(old, with: new) }
        try folder.write("\(ulid)/meta.json", meta)
    }

    func write(_ name: String, _ text: String) throws { try folder.write(name, text) }
    func text(_ name: String) throws -> String {
        String(decoding: try folder.read(name), as: UTF8.self)
    }

    func shipper(to store: any ObjectStore, hashesFiles: Bool = false) -> Shipper {
        Shipper(
            folder: path, labels: Self.labels, hashesFiles: hashesFiles, store: store,
            now: { Self.uploadTime },
            observe: { [self] event in seen.withLock { $0.append(event) } })
    }

    /// Every file with its bytes, but for the shipper's own.
    func content() throws -> [String: [UInt8]] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: path)
        let files = names.filter { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
            return !isFolder.boolValue && name != "thanos.shipper.json"
        }
        return Dictionary(uniqueKeysWithValues: try files.map { ($0, try folder.read($0)) })
    }
}

/// The files of `fixtures/uploaded-block`.
enum Fixture {
    static func path(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "fixtures/uploaded-block/\(name)").path()
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path(name))))
    }

    static func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }
}
