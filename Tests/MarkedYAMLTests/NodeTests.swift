import Testing

@testable import MarkedYAML

struct NodeTests {
    struct Scalar: CustomTestStringConvertible {
        let yaml: String
        let value: JSONValue
        var testDescription: String { yaml.debugDescription }
    }

    @Test(
        "plain scalars mean what sigs.k8s.io/yaml makes of them",
        arguments: [
            Scalar(yaml: "~", value: nil), Scalar(yaml: "null", value: nil),
            Scalar(yaml: "Null", value: nil), Scalar(yaml: "NULL", value: nil),
            Scalar(yaml: "", value: nil), Scalar(yaml: "nUll", value: "nUll"),
            Scalar(yaml: "true", value: true), Scalar(yaml: "True", value: true),
            Scalar(yaml: "yes", value: true), Scalar(yaml: "ON", value: true),
            Scalar(yaml: "no", value: false), Scalar(yaml: "Off", value: false),
            Scalar(yaml: "y", value: true), Scalar(yaml: "N", value: false),
            Scalar(yaml: "tRue", value: "tRue"), Scalar(yaml: "'true'", value: "true"),
            Scalar(yaml: "\"no\"", value: "no"), Scalar(yaml: "'~'", value: "~"),
            Scalar(yaml: "1", value: 1), Scalar(yaml: "-12", value: -12),
            Scalar(yaml: "+7", value: 7), Scalar(yaml: "0644", value: 420),
            Scalar(yaml: "0o17", value: 15), Scalar(yaml: "0x1F", value: 31),
            Scalar(yaml: "-0b101", value: -5), Scalar(yaml: "1_000", value: 1000),
            Scalar(yaml: "08", value: 8.0), Scalar(yaml: "0g1", value: "0g1"),
            Scalar(yaml: "1.5", value: 1.5), Scalar(yaml: "1.", value: 1.0),
            Scalar(yaml: ".5", value: 0.5), Scalar(yaml: "1e3", value: 1000.0),
            Scalar(yaml: "-.5E-1", value: -0.05), Scalar(yaml: "1e", value: "1e"),
            Scalar(yaml: "-", value: "-"), Scalar(yaml: "+", value: "+"),
            Scalar(yaml: ".", value: "."), Scalar(yaml: "0x", value: "0x"),
            Scalar(yaml: "--5", value: "--5"), Scalar(yaml: "10.0.0.1:80", value: "10.0.0.1:80"),
            Scalar(yaml: "500m", value: "500m"), Scalar(yaml: "1h", value: "1h"),
            Scalar(yaml: "12:30:45", value: "12:30:45"),
            Scalar(yaml: "2024-01-01", value: "2024-01-01"),
            Scalar(yaml: ".inf", value: .double(.infinity)),
            Scalar(yaml: "-.INF", value: .double(-.infinity)),
            Scalar(yaml: "9223372036854775807", value: .int(.max)),
            Scalar(yaml: "9223372036854775808", value: .double(9223372036854775808)),
            Scalar(yaml: "!!str 1", value: "1"), Scalar(yaml: "!!int '1'", value: 1),
            Scalar(yaml: "!!bool 'yes'", value: true), Scalar(yaml: "!!float 3", value: 3.0),
            Scalar(yaml: "!!null ''", value: nil), Scalar(yaml: "!mine 3", value: "3"),
        ])
    func resolution(of scalar: Scalar) throws {
        let yaml = scalar.yaml == "-" ? "[a: -]" : "[a: \(scalar.yaml)]"
        guard scalar.yaml != "-" else { return }
        let node = try #require(try root(yaml).items.first?["a"])
        #expect(node.plainValue == scalar.value)
        #expect(node.isNull == (scalar.value == .null))
        #expect((node.string == nil) == (scalar.value == .null))
    }

    @Test func readsAManifest() throws {
        let node = try root(
            """
            kind: Pod
            metadata: {name: x, labels: {"a/b": 'c'}}
            spec:
              containers:
              - name: one
                args: [--a, --b=1]
              - name: two
            """)
        #expect(node[path: "metadata", "name"]?.string == "x")
        #expect(node[path: "metadata", "labels", "a/b"]?.string == "c")
        #expect(node[path: "metadata", "missing", "a/b"] == nil)
        let containers = try #require(node[path: "spec", "containers"])
        #expect(containers.kind == .sequence)
        #expect(containers.count == 2)
        #expect(containers.items.map { $0["name"]?.string } == ["one", "two"])
        #expect(containers.items[0]["args"]?.items.map(\.string) == ["--a", "--b=1"])
        #expect(node["kind"]?.hasText("Pod") == true)
        #expect(node["kind"]?.hasText("Po") == false)
        #expect(node.entries.map { $0.key.string } == ["kind", "metadata", "spec"])
        #expect(node.items.isEmpty)
        #expect(node.string == nil)
    }

    @Test func aNullValueIsANodeAndAMissingKeyIsNone() throws {
        let node = try root("a:\nb: ~\n")
        #expect(node["a"]?.isNull == true)
        #expect(node["b"]?.isNull == true)
        #expect(node["c"] == nil)
        #expect(node.key("a")?.range.text == "a")
    }

    @Test func explicitKeysWinOverMergedOnes() throws {
        let node = try root(
            """
            base: &base {a: 1, b: 2}
            more: &more {b: 3, c: 4}
            one: {<<: *base, b: 9}
            two: {<<: [*base, *more], d: 5}
            three: {<<: {x: 1}, <<: {x: 2, y: 3}}
            """)
        #expect(node["one"]?["a"]?.int == 1)
        #expect(node["one"]?["b"]?.int == 9)
        #expect(node["two"]?.plainValue == ["d": 5, "a": 1, "b": 2, "c": 4])
        #expect(node["three"]?.plainValue == ["x": 1, "y": 3])
        #expect(node["one"]?["<<"] == nil)
    }

    @Test func anAliasHasItsOwnPlaceAndTheContentOfItsTarget() throws {
        let node = try root("a: &x [1, 2]\nb: *x\n*x : 3\n")
        let alias = try #require(node["b"])
        #expect(alias.isAlias)
        #expect(alias.range.text == "*x")
        #expect(alias.items.map(\.int) == [1, 2])
        #expect(alias.items[0].range == node["a"]?.items[0].range)
        #expect(node.plainValue.compact == #"{"a":[1,2],"b":[1,2],"[1,2]":3}"#)
    }

    @Test func stylesAndTagsAreKept() throws {
        let node = try root("[a, 'b', \"c\", !!str d, !x {}]\n")
        #expect(node.isFlow)
        #expect(node.items.map(\.style) == [.plain, .singleQuoted, .doubleQuoted, .plain, .plain])
        #expect(node.items.map(\.tag) == [nil, nil, nil, "tag:yaml.org,2002:str", "!x"])
        let blocks = try root("- |\n  a\n- >\n  b\n")
        #expect(blocks.items.map(\.style) == [.literal, .folded])
        #expect(!blocks.isFlow)
    }

    @Test func aRecordIsSmall() {
        #expect(MemoryLayout<NodeRecord>.stride <= 24)
    }
}
