import BlockShipping
import LoopbackServer
import ObjectStore
import TSDBFormat
import Testing

@Suite("shipping blocks to a directory")
struct LocalShippingTests {
    private static let (first, second) = (
        "01M817KTNA2STY54HSN6D1BZB1", "01M817KTNA2STY54HSN6D1BZB2"
    )
    private static let start = "\"minTime\": 1759996800000"
    private let bucket: TemporaryFolder

    init() throws { bucket = try TemporaryFolder() }

    @Test("only blocks of the first level that hold samples are shipped, the oldest first")
    func due() async throws {
        let tenant = try TenantFolder([
            (Self.first, []), (Self.second, [(Self.start, "\"minTime\": 1759990000000")]),
            ("01M817KTNA2STY54HSN6D1BZB3", [("\"level\": 1", "\"level\": 2")]),
            ("01M817KTNA2STY54HSN6D1BZB4", [("\"numSamples\": 19950,", "")]),
        ])
        try tenant.write("01M817KTNA2STY54HSN6D1BZB5", "a file, not a block")
        try tenant.write("01M817KTNA2STY54HSN6D1BZB6.tmp-for-creation/index", "half a block")
        try tenant.write("wal/00000000", "")
        let store = try await Buckets.directory(bucket.path)
        #expect(try await tenant.shipper(to: store).sync() == 2)
        #expect(
            try await store.list("", recursive: false) == ["\(Self.first)/", "\(Self.second)/"])
        let shipped = tenant.events.compactMap { event in
            if case .uploaded(let ulid) = event { "\(ulid)" } else { nil }
        }
        #expect(shipped == [Self.second, Self.first])
        #expect(tenant.messages.contains("ignoring empty block"))
        let file = try ShipperFile(folder: tenant.path)
        #expect(file.uploaded.map(\.description) == [Self.second, Self.first])
    }

    @Test("a block that retention deleted is forgotten, one that failed is not noted")
    func noted() async throws {
        let tenant = try TenantFolder([(Self.first, []), (Self.second, [])])
        let gone = "01M817KTNA2STY54HSN6D1BZB9"
        try tenant.write(
            "thanos.shipper.json", "{\"version\":1,\"uploaded\":[\"\(gone)\",\"\(Self.second)\"]}")
        let store = try await Buckets.directory(bucket.path)
        let broken = InterruptedStore(store, at: 1, by: .failsBefore)
        await #expect(throws: ObjectStoreError.self) {
            try await tenant.shipper(to: broken).sync()
        }
        let file = try ShipperFile(folder: tenant.path)
        #expect(file.uploaded.map(\.description) == [Self.second])
    }

    @Test("with --hash-func=SHA256 the files' digests are in meta.json")
    func hashes() async throws {
        let tenant = try TenantFolder()
        let store = try await Buckets.directory(bucket.path)
        _ = try await tenant.shipper(to: store, hashesFiles: true).sync()
        let meta = String(
            decoding: try await store.get("\(TenantFolder.recorded)/meta.json", limit: 1 << 20),
            as: UTF8.self)
        // sha256sum of the recorded files.
        for digest in [
            "102e696ca538d2a79fc77eb95eb605786c22c4bbbb3fc5f5b9cac6a110c2fb2c",
            "a53d5e31c7475e9e93757647f66d20e49012ad30ec89812eb86eddcf512c32e8",
        ] {
            #expect(meta.contains("\"hashFunc\": \"SHA256\",\n\t\t\t\t\t\"value\": \"\(digest)\""))
        }
        #expect(meta.contains("{\n\t\t\t\t\"rel_path\": \"meta.json\"\n\t\t\t}"))
    }

    @Test("the leftovers of a pass that was killed are cleared away")
    func leftovers() async throws {
        let tenant = try TenantFolder()
        let before = try tenant.content()
        try tenant.write("thanos/upload/\(TenantFolder.recorded)/chunks/000009", "old")
        try tenant.write("thanos/upload/\(TenantFolder.recorded)/meta.json.tmp", "old")
        let store = try await Buckets.directory(bucket.path)
        #expect(try await tenant.shipper(to: store).sync() == 1)
        #expect(try await store.list("", recursive: true).count == 3)
        #expect(try tenant.content() == before)
    }

    @Test("several tenants go on without the one that fails")
    func round() async throws {
        let store = try await Buckets.directory(bucket.path)
        let tenants = try [Self.first, Self.second].map { try TenantFolder([($0, [])]) }
        let damaged = try TenantFolder([])
        try damaged.write("\(TenantFolder.recorded)/meta.json", "{}")
        let missing = damaged.path + "-not-there"
        let nobody = Shipper(
            folder: missing, labels: TenantFolder.labels, store: store, now: { "" },
            observe: { _ in })
        let round = await ShippingRound.run(
            [nobody, damaged.shipper(to: store)] + tenants.map { $0.shipper(to: store) })
        #expect(round.uploaded == 2)
        #expect(
            round.message
                == "2 errors: upload: read dir: open \(missing): no such file or directory; "
                + "upload: read metadata for block \(damaged.path)/\(TenantFolder.recorded): "
                + "meta.json does not describe a block")
    }

    @Test("without external labels nothing is shipped")
    func labels() async throws {
        let tenant = try TenantFolder()
        let shipper = Shipper(
            folder: tenant.path, labels: [:], store: try await Buckets.directory(bucket.path),
            now: { "" }, observe: { _ in })
        let error = await #expect(throws: ObjectStoreError.self) { try await shipper.sync() }
        #expect(error?.texts.first == "empty external labels are not allowed for Thanos block.")
    }

    @Test(
        "a shipper file that cannot be read says why",
        arguments: [
            ("{\"version\": 2}", "unexpected meta file version 2"),
            ("[]", "failed to parse PATH as JSON: \"[]\""),
        ])
    func badShipperFile(text: String, message: String) throws {
        let tenant = try TenantFolder([])
        try tenant.write("thanos.shipper.json", text)
        let error = #expect(throws: ObjectStoreError.self) {
            try ShipperFile(folder: tenant.path)
        }
        let path = "\(tenant.path)/thanos.shipper.json"
        #expect(error?.message == message.replacing("PATH", with: path))
    }

    @Test("every beginning of a shipper file is read or refused")
    func truncations() throws {
        let tenant = try TenantFolder([])
        let text = try Fixture.text("thanos.shipper.json")
        for length in 0..<(text.utf8.count - 2) {
            try tenant.write("thanos.shipper.json", String(text.prefix(length)))
            #expect(throws: ObjectStoreError.self) { try ShipperFile(folder: tenant.path) }
        }
    }
}
