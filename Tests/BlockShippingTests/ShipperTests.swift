import BlockShipping
import LoopbackServer
import MotoServer
import ObjectStore
import Synchronization
import Testing

@Suite("shipping blocks to S3", .motoServer)
struct ShipperTests {
    private static let keys = ["chunks/000001", "index", "meta.json"].map {
        "\(TenantFolder.recorded)/\($0)"
    }

    @Test("a block arrives as a real receiver's did, byte for byte, and its meta.json last")
    func arrives() async throws {
        let tenant = try TenantFolder()
        let before = try tenant.content()
        let store = try await Buckets.moto()
        let spy = InterruptedStore(store, at: .max, by: .failsBefore)
        #expect(try await tenant.shipper(to: spy).sync() == 1)
        #expect(spy.uploads == Self.keys)
        #expect(try await store.list("", recursive: true) == Self.keys)
        for (key, file) in zip(Self.keys, ["block/chunks/000001", "block/index", "meta.json"]) {
            #expect(try await store.get(key, limit: 1 << 20) == Fixture.bytes(file), "\(key)")
        }
        #expect(try tenant.text("thanos.shipper.json") == Fixture.text("thanos.shipper.json"))
        #expect(try tenant.content() == before)
        #expect(
            tenant.messages == [
                "no meta file found, creating empty meta data to write later", "upload new block",
            ])
    }

    @Test("what is in the bucket is not sent again, with and without the shipper's file")
    func once() async throws {
        let tenant = try TenantFolder()
        let store = try await Buckets.moto()
        #expect(try await tenant.shipper(to: store).sync() == 1)
        let closed = InterruptedStore(store, at: 0, by: .failsBefore)
        #expect(try await tenant.shipper(to: closed).sync() == 0)
        try tenant.write("thanos.shipper.json", "{")
        #expect(try await tenant.shipper(to: closed).sync() == 0)
        #expect(tenant.messages.last == "reading meta file failed, will override it")
        #expect(try tenant.text("thanos.shipper.json") == Fixture.text("thanos.shipper.json"))
        #expect(closed.uploads.isEmpty)
    }

    @Test(
        "an upload that is interrupted anywhere leaves no meta.json, and the next pass repairs it",
        arguments: InterruptedStore.Interruption.allCases, 0..<3)
    func interrupted(interruption: InterruptedStore.Interruption, place: Int) async throws {
        let tenant = try TenantFolder()
        let before = try tenant.content()
        let store = try await Buckets.moto()
        let broken = InterruptedStore(store, at: place, by: interruption)
        // In a task of its own, which may be cancelled without the test.
        let failure = await withTaskGroup(of: ObjectStoreError?.self) { group in
            group.addTask {
                do throws(ObjectStoreError) {
                    _ = try await tenant.shipper(to: broken).sync()
                    return nil
                } catch {
                    return error
                }
            }
            return await group.next() ?? nil
        }
        #expect(failure?.texts.last == "upload \(TenantFolder.recorded)")
        #expect(broken.uploads == Array(Self.keys[...place]))
        let isThere = interruption == .failsAfter && place == 2
        #expect(try await store.exists(Self.keys[2]) == isThere)
        #expect(try tenant.text("thanos.shipper.json").contains("null"))
        #expect(try tenant.content() == before)

        #expect(try await tenant.shipper(to: store).sync() == (isThere ? 0 : 1))
        #expect(try await store.list("", recursive: true) == Self.keys)
        #expect(try await store.get(Self.keys[2], limit: 1 << 20) == Fixture.bytes("meta.json"))
        #expect(try tenant.text("thanos.shipper.json") == Fixture.text("thanos.shipper.json"))
    }

    /// What reaches the metrics: operations, those that failed, and passes that failed.
    private func counts(_ store: any ObjectStore) async throws -> ([String], String?) {
        let tenant = try TenantFolder()
        let operations = Mutex<[String]>([])
        let observed = ObservedObjectStore(store) { operation, error in
            operations.withLock { $0.append("\(operation) \(error == nil ? "done" : "failed")") }
        }
        let round = await ShippingRound.run([tenant.shipper(to: observed)])
        let failures = tenant.events.filter { if case .failed = $0 { true } else { false } }
        #expect(failures.count == 1)
        let staged = "\(tenant.path)/thanos/upload/\(TenantFolder.recorded)"
        return (operations.withLock { $0 }, round.message?.replacing(staged, with: "STAGED"))
    }

    @Test("a wrong key in Thanos' words", arguments: ["us-east-1", ""])
    func wrongKey(region: String) async throws {
        let (operations, message) = try await counts(
            Buckets.moto(accessKey: "AKIAIOSFODNN7EXAMPLE", region: region))
        #expect(operations == ["exists failed"])
        let reason =
            region.isEmpty
            ? "The AWS Access Key Id you provided does not exist in our records." : "Access Denied."
        #expect(message == "upload: check exists: stat s3 object: \(reason)")
    }

    /// The first text is the one of the recorded log `receive-final-upload-no-such-bucket`.
    @Test("a missing bucket in Thanos' words", arguments: ["", "us-east-1"])
    func missingBucket(region: String) async throws {
        let (operations, message) = try await counts(
            Buckets.moto(bucket: "nobody-made-this", region: region))
        let reason = "The specified bucket does not exist"
        if region.isEmpty {
            #expect(operations == ["exists failed"])
            #expect(message == "upload: check exists: stat s3 object: \(reason)")
        } else {
            #expect(operations == ["exists done", "upload failed"])
            #expect(
                message
                    == "upload: upload \(TenantFolder.recorded): upload chunks: upload file "
                    + "STAGED/chunks/000001 as \(Self.keys[0]): upload s3 object: \(reason)")
        }
    }
}
