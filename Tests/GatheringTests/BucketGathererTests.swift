import CurlHTTP
import Evidence
import KubernetesModel
import MarkedYAML
import MotoServer
import NetworkProbes
import ObjectStore
import PipelineModel
import Testing

@testable import Gathering

@Suite("Looking into buckets", .motoServer, .timeLimit(.minutes(1)))
struct BucketGathererTests {
    private static func pipeline(_ configuration: String) -> Pipeline {
        let indented = configuration.split(separator: "\n").map { "    \($0)" }
            .joined(separator: "\n")
        let text = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: objstore, namespace: m}
            data:
              objstore.yaml: |
            \(indented)
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: m}
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      args: [receive, --tsdb.path=/d, --objstore.config-file=/etc/o/objstore.yaml]
                      volumeMounts: [{name: objstore, mountPath: /etc/o}]
                  volumes: [{name: objstore, configMap: {name: objstore}}]
            """
        let documents = YAMLReader.stream(SourceText(name: "objects", text: text)).documents
        return Pipeline(Objects(documents.compactMap { KubernetesObject($0) }))
    }

    private static func configuration(
        bucket: String, endpoint: String? = nil, secret: String? = nil
    ) throws -> String {
        let server = try #require(MotoServer.current)
        return """
            type: S3
            config:
              bucket: \(bucket)
              endpoint: \(endpoint ?? server.address)
              insecure: true
              region: us-east-1
              access_key: \(server.credentials.accessKey)
              secret_key: \(secret ?? server.credentials.secretKey)
            """
    }

    private static func seen(
        _ configuration: String, writes: Bool = false, only: [String] = ["127.0.0.0/8"]
    ) async -> Observed<BucketState> {
        let gatherer = BucketGatherer(
            transport: CurlClient(), policy: ProbePolicy(only: only.compactMap(CIDR.init)),
            writes: writes)
        return await gatherer.gather(pipeline(configuration)).0
    }

    private static func meta(_ ulid: String, replica: Int) -> [UInt8] {
        Array(
            """
            {"ulid": "\(ulid)", "minTime": 1759996800000, "maxTime": 1760004000000, "version": 1,
             "compaction": {"level": 1}, "thanos": {"labels": {"receive_replica": "\(replica)"},
              "downsample": {"resolution": 0}, "upload_time": "2026-11-22T08:57:54.14Z"}}
            """.utf8)
    }

    @Test("finds blocks, broken uploads and deletion marks, and leaves no trace of its writing")
    func listing() async throws {
        let bucket = try await #require(MotoServer.current).makeBucket()
        let text = try Self.configuration(bucket: bucket)
        let store = try await ObjectStoreConfiguration(
            yaml: SourceText(name: "objstore", text: text)
        ).makeStore(transport: CurlClient(), environment: [:])
        let ulids = (0..<3).map { "01M817KTNA2STY54HSN6D1BZB\($0)" }
        for (replica, ulid) in ulids.prefix(2).enumerated() {
            try await store.upload(
                .bytes(Self.meta(ulid, replica: replica)), as: "\(ulid)/meta.json")
        }
        try await store.upload(.bytes([1]), as: "\(ulids[2])/index")
        try await store.upload(.bytes([1]), as: "\(ulids[0])/deletion-mark.json")
        try await store.upload(.bytes([1]), as: "debug/metas/x.json")

        let seen = await Self.seen(text, writes: true)
        let state = try #require(seen.items.first)
        let listing = try #require(state.listing)
        #expect(listing.blocks.map(\.ulid) == [ulids[1], ulids[0]])
        #expect(listing.blocks.first?.labels == ["receive_replica": "1"])
        #expect(listing.blocks.first?.uploaded.map { Int($0) } == 1_795_337_874)
        #expect(listing.partial == [ulids[2]])
        #expect(listing.deletionMarks == [ulids[0]])
        #expect(!listing.isCut)
        #expect(state.users.map(\.name) == ["receiver"])
        #expect(state.writeProbe?.map(\.action) == [.put, .get, .range, .list, .delete])
        #expect(state.writeProbe?.allSatisfy { $0.failure == nil } == true)
        let left = try await store.list("", recursive: true)
        #expect(!left.contains { $0.hasPrefix("thanosctl-probe") })
    }

    @Test("tells apart what a store refuses")
    func refusals() async throws {
        let bucket = try await #require(MotoServer.current).makeBucket()
        let missing = await Self.seen(try Self.configuration(bucket: "no-such-bucket"))
        #expect(missing.items.first?.failure?.kind == .noSuchBucket)
        let denied = await Self.seen(try Self.configuration(bucket: bucket, secret: "wrong"))
        #expect(denied.items.first?.failure?.kind == .accessDenied)
        let closed = await Self.seen(
            try Self.configuration(bucket: bucket, endpoint: "127.0.0.1:1"))
        #expect(closed.items.first?.failure?.kind == .unreachable)
        let strict = await Self.seen("type: S3\nconfig: {bucketname: x}")
        #expect(strict.items.first?.failure?.kind == .configuration)
    }

    @Test("contacts nothing that may not be contacted")
    func obstacles() async throws {
        let inside = await Self.seen(
            try Self.configuration(bucket: "b", endpoint: "minio.storage.svc:9000"), only: [])
        #expect(inside.missing.map(\.cause) == [.unreachable])
        let outside = await Self.seen(
            try Self.configuration(bucket: "b", endpoint: "s3.example.com"))
        #expect(outside.missing.map(\.cause) == [.forbidden])
        let environment = await Self.seen(
            "type: S3\nconfig: {bucket: b, endpoint: 127.0.0.1:1, insecure: true}")
        #expect(environment.missing.map(\.cause) == [.unreachable])
    }
}
