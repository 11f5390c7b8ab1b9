import KubernetesModel
import MarkedYAML
import Testing

/// The objects of a text.
func objects(_ text: String) -> [KubernetesObject] {
    MarkedReader.stream(SourceText(name: "test.yaml", text: text)).documents
        .flatMap { KubernetesObject.objects(in: $0) }
}

@Suite("Objects")
struct ObjectTests {
    @Test("items of a typed list take the kind of the list")
    func typedList() {
        let found = objects(
            """
            apiVersion: v1
            kind: PodList
            items:
            - metadata: {name: a, namespace: n}
            - metadata: {name: b, namespace: n}
            """)
        #expect(found.map(\.reference.description) == ["Pod n/a", "Pod n/b"])
    }

    @Test("lists inside lists are unpacked, and end at a depth")
    func nestedLists() {
        var text = "{apiVersion: v1, kind: Pod, metadata: {name: deep}}"
        for _ in 0..<3 { text = "{apiVersion: v1, kind: List, items: [\(text)]}" }
        #expect(objects(text).map(\.name) == ["deep"])
        for _ in 0..<20 { text = "{apiVersion: v1, kind: List, items: [\(text)]}" }
        #expect(objects(text).isEmpty)
    }

    @Test("what has no kind or name is no object")
    func notObjects() {
        #expect(objects("a: 1").isEmpty)
        #expect(objects("{apiVersion: v1, kind: Pod}").isEmpty)
        #expect(objects("[1, 2]").isEmpty)
    }
}

@Suite("Images")
struct ImageTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let name: String
        let version: Version?
        var testDescription: String { text }
    }

    @Test(
        "tags, digests and registries with ports are told apart",
        arguments: [
            Row(text: "quay.io/thanos/thanos:v0.37.2", name: "thanos", version: Version(0, 37, 2)),
            Row(text: "localhost:5000/thanos", name: "thanos", version: nil),
            Row(text: "localhost:5000/thanos:0.41.0-rc.1", name: "thanos", version: Version(0, 41)),
            Row(text: "thanos@sha256:0123", name: "thanos", version: nil),
            Row(text: "thanos:v0.39.0@sha256:0123", name: "thanos", version: Version(0, 39)),
            Row(text: "thanos:latest", name: "thanos", version: nil),
            Row(text: "", name: "", version: nil),
        ])
    func parts(_ row: Row) {
        let image = ImageReference(row.text)
        #expect(image.name == row.name)
        #expect(image.version == row.version)
    }
}

@Suite("Addresses")
struct AddressBlockTests {
    @Test(
        "a block knows how many addresses it holds",
        arguments: [
            ("192.168.101.210/32", 1), ("10.0.0.0/24", 256), ("0.0.0.0/0", 1 << 32),
        ])
    func counts(_ cidr: String, _ count: Int) {
        #expect(AddressBlock(cidr: cidr)?.count == count)
    }

    @Test(
        "what is no block is refused",
        arguments: ["10.0.0.0/33", "10.0.0/8", "10.0.0.256/32", "x", ""])
    func refused(_ cidr: String) {
        #expect(AddressBlock(cidr: cidr) == nil)
    }

    @Test("a range holds its ends and nothing beside them")
    func range() throws {
        let block = try #require(AddressBlock(start: "10.0.0.5", stop: "10.0.0.9"))
        #expect(block.count == 5)
        #expect(block.contains("10.0.0.5") && block.contains("10.0.0.9"))
        #expect(!block.contains("10.0.0.4") && !block.contains("10.0.0.10"))
        #expect(AddressBlock(start: "10.0.0.9", stop: "10.0.0.5") == nil)
    }
}

@Suite("Selectors")
struct LabelSelectorTests {
    @Test(
        "expressions follow Kubernetes' rules for absent labels",
        arguments: [
            ("{key: a, operator: In, values: [x]}", true),
            ("{key: a, operator: In, values: [y]}", false),
            ("{key: b, operator: NotIn, values: [x]}", true),
            ("{key: a, operator: Exists}", true),
            ("{key: b, operator: DoesNotExist}", true),
            ("{key: a, operator: Like, values: [x]}", false),
        ])
    func expressions(_ expression: String, _ matches: Bool) throws {
        let text = "{matchExpressions: [\(expression)]}"
        let node = try #require(
            MarkedReader.stream(SourceText(name: "s", text: text)).documents.first)
        #expect(LabelSelector(node).matches(["a": "x"]) == matches)
    }
}

@Suite("Quantities")
struct QuantityTests {
    @Test(
        "suffixes are powers of 1000 and of 1024",
        arguments: [("1Ki", 1024.0), ("1500m", 1.5), ("2G", 2e9), ("7", 7), ("1e3", 1000)])
    func values(_ text: String, _ value: Double) {
        #expect(Quantity(text)?.value == value)
    }

    @Test("what is no quantity is refused", arguments: ["", "Ki", "1Xi", "nan"])
    func refused(_ text: String) {
        #expect(Quantity(text) == nil)
    }
}
