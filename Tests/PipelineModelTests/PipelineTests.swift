import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags
import Testing

private func pipeline(_ text: String) -> Pipeline {
    let documents = MarkedReader.stream(SourceText(name: "test.yaml", text: text)).documents
    return Pipeline(Objects(documents.flatMap { KubernetesObject.objects(in: $0) }))
}

/// A StatefulSet with one container, and a ConfigMap that holds a ring.
private func receiver(
    args: String, key: String = "hashrings.json",
    mount: String = "{name: rings, mountPath: /etc/r}",
    volume: String = "{name: rings, configMap: {name: rings}}", image: String = "thanos:v0.37.2"
) -> String {
    """
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: r, namespace: n}
    spec:
      template:
        metadata: {labels: {app: r}}
        spec:
          containers:
          - name: receive
            image: \(image)
            args: \(args)
            env: [{name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}, {name: DIR, value: /etc/r}]
            volumeMounts: [\(mount)]
          volumes: [\(volume)]
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: rings, namespace: n}
    data:
      \(key): |
        [{"hashring": "default", "endpoints": ["r-0:10901"]}]
    """
}

@Suite("Receivers")
struct ReceiverTests {
    @Test(
        "are recognised by the argument, not by a name",
        arguments: [
            ("[receive, --tsdb.path=/data]", "mirror.example/x@sha256:00", 1),
            ("[sidecar]", "thanos:v0.37.2", 0),
            ("[query, --label, receive]", "thanos:v0.37.2", 0),
            ("[receive]", "postfix:3", 0),
            ("[--log.level=debug, receive, --receive.replication-factor=3]", "x", 1),
        ])
    func recognised(_ args: String, _ image: String, _ count: Int) {
        #expect(pipeline(receiver(args: args, image: image)).receivers.count == count)
    }

    @Test(
        "flags are read in both spellings, with variables filled in",
        arguments: [
            "[receive, \"--receive.hashrings-file=$(DIR)/hashrings.json\"]",
            "[receive, --receive.hashrings-file, /etc/r/hashrings.json]",
        ])
    func flags(_ args: String) throws {
        let group = try #require(pipeline(receiver(args: args)).receivers.first)
        #expect(group.flags.hashringsFile == "/etc/r/hashrings.json")
        guard
            case .configured(let rings, from: .configMap(let map, key: "hashrings.json")) =
                group.hashring
        else {
            Issue.record("the ring was not found: \(group.hashring)")
            return
        }
        #expect(map.name == "rings")
        #expect(rings.rings.first?.endpoints.first?.address.value == "r-0:10901")
        #expect(rings.rings.first?.endpoints.first?.address.range.start.line == 21)
    }

    @Test("deriving on all cores gives the same picture in the same order")
    func derived() async {
        let text = (0..<300).map { index in
            receiver(args: "[receive, --tsdb.path=/d]")
                .replacing("{name: r, namespace: n}", with: "{name: r\(index), namespace: n}")
        }.joined(separator: "\n---\n")
        let documents = MarkedReader.stream(SourceText(name: "test.yaml", text: text)).documents
        let objects = Objects(documents.flatMap { KubernetesObject.objects(in: $0) })
        let names = Pipeline(objects).receivers.map(\.reference.name)
        #expect(names == (0..<300).map { "r\($0)" })
        #expect(await Pipeline.derived(from: objects).receivers.map(\.reference.name) == names)
    }

    @Test("a variable that nothing defines is kept and named")
    func undefinedVariable() throws {
        let args = "[receive, \"--receive.local-endpoint=$(POD):$$(X)\"]"
        let group = try #require(pipeline(receiver(args: args)).receivers.first)
        #expect(group.flags.localEndpoint == "$(POD):$(X)")
        #expect(group.arguments.undefined.map(\.value) == ["POD"])
    }
}

@Suite("Mounted files")
struct MountedFileTests {
    private static let args = "[receive, --receive.hashrings-file=/etc/r/hashrings.json]"

    private func file(_ manifests: String) throws -> MountedFile {
        let group = try #require(pipeline(manifests).receivers.first)
        guard case .unresolved(_, let file) = group.hashring else {
            throw Unexpected(what: "\(group.hashring)")
        }
        return file
    }

    private struct Unexpected: Error { let what: String }

    @Test("a path that no mount covers is not mounted")
    func notMounted() throws {
        let file = try file(
            receiver(args: Self.args, mount: "{name: rings, mountPath: /etc/rings}"))
        guard case .notMounted = file else { throw Unexpected(what: "\(file)") }
    }

    @Test("a mount of /etc/r does not cover /etc/rings")
    func prefixesAreFolders() throws {
        let file = try file(
            receiver(args: "[receive, --receive.hashrings-file=/etc/rings/hashrings.json]"))
        guard case .notMounted = file else { throw Unexpected(what: "\(file)") }
    }

    @Test("a key of another name is absent")
    func keyAbsent() throws {
        let file = try file(receiver(args: Self.args, key: "hashring.json"))
        guard case .keyAbsent(let map, wanted: "hashrings.json", _, _) = file else {
            throw Unexpected(what: "\(file)")
        }
        #expect(map.keys == ["hashring.json"])
    }

    @Test("items and subPath lead to the key")
    func itemsAndSubPath() throws {
        let volume =
            "{name: rings, configMap: {name: rings, items: [{key: ring, path: hashrings.json}]}}"
        let mount = "{name: rings, mountPath: /etc/r/hashrings.json, subPath: hashrings.json}"
        let group = try #require(
            pipeline(receiver(args: Self.args, key: "ring", mount: mount, volume: volume))
                .receivers.first)
        guard case .configured = group.hashring else {
            throw Unexpected(what: "\(group.hashring)")
        }
    }

    @Test("a ConfigMap that is not there is named")
    func configMapAbsent() throws {
        let file = try file(
            receiver(args: Self.args, volume: "{name: rings, configMap: {name: other}}"))
        guard case .configMapAbsent(name: "other", _) = file else {
            throw Unexpected(what: "\(file)")
        }
    }
}

@Suite("Addresses to write to")
struct EndpointAddressTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let url: String
        let shown: String?
        var testDescription: String { url }
    }

    @Test(
        "hosts, ports and paths are read as a client would",
        arguments: [
            Row(url: "http://a:19291/api/v1/receive", shown: "http://a:19291/api/v1/receive"),
            Row(url: "https://a", shown: "https://a:443/"),
            Row(url: "http://user:secret@a:1/x?y#z", shown: "http://a:1/x"),
            Row(url: "http://[::1]:19291/", shown: "http://[::1]:19291/"),
            Row(url: "http://[::1]", shown: "http://[::1]:80/"),
            Row(url: "tcp://a:1", shown: nil), Row(url: "a:19291", shown: nil),
            Row(url: "http://", shown: nil), Row(url: "http://a:0", shown: nil),
            Row(url: "http://a:99999", shown: nil), Row(url: "", shown: nil),
        ])
    func reads(_ row: Row) {
        #expect(EndpointAddress(url: row.url)?.description == row.shown)
    }
}
