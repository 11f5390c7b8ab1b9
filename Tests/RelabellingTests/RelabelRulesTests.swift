import MarkedYAML
import Relabelling
import Testing
import TimeSeries

/// Rules and outcomes are those of Prometheus' own tests (model/relabel/relabel_test.go).
@Suite("Relabelling a series")
struct RelabelRulesTests {
    struct Row: CustomTestStringConvertible {
        let rules: String
        let labels: [String: String]
        /// Labels that are new or have another value, empty ones being gone; nil: dropped.
        let changes: [String: String]?

        init(_ labels: [String: String], _ rules: String, _ changes: [String: String]?) {
            self.rules = rules
            self.labels = labels
            self.changes = changes
        }

        var testDescription: String { rules }
    }

    static let abc = ["a": "foo", "b": "bar", "c": "baz"]
    static let ports = ["__tmp_port": "1234", "__port1": "1234", "__port2": "5678"]

    @Test(
        "replaces, keeps, drops and maps as Prometheus does",
        arguments: [
            Row(
                abc,
                """
                - {source_labels: [a], regex: f(.*), target_label: d, \
                replacement: 'ch${1}-ch${1}'}
                """, ["d": "choo-choo"]),
            Row(
                abc,
                """
                - {source_labels: [a, b], regex: f(.*);(.*)r, target_label: a, \
                replacement: 'b${1}${2}m'}
                - {source_labels: [c, a], regex: (b).*b(.*)ba(.*), target_label: d, \
                replacement: $1$2$2$3}
                """, ["a": "boobam", "d": "boooom"]),
            Row(["a": "foo"], "- {source_labels: [a], regex: .*o.*, action: drop}", nil),
            Row(["a": "foo"], "- {source_labels: [a], regex: f|o, action: drop}", [:]),
            Row(["a": "foo"], "- {source_labels: [a], regex: no-match, action: keep}", nil),
            Row(["a": "foo"], "- {source_labels: [a], regex: f.*, action: Keep}", [:]),
            Row(["a": "f\no"], "- {source_labels: [a], regex: f.o, action: keep}", [:]),
            Row(
                ["a": "abc"], "- {source_labels: [a], regex: .*(b).*, target_label: d}",
                ["d": "b"]),
            Row(
                ["a": "boo"],
                "- {source_labels: [a], regex: f, target_label: b, replacement: bar}", [:]),
            Row(abc, "- {source_labels: [a], target_label: d}", ["d": "foo"]),
            Row(abc, "- {target_label: a, replacement: ''}", ["a": ""]),
            Row(abc, "- {target_label: d, replacement: x}", ["d": "x"]),
            Row(
                abc, "- {source_labels: [a, b], separator: '', target_label: d}",
                ["d": "foobar"]),
            Row(
                abc, "- {source_labels: [c], target_label: d, action: hashmod, modulus: 1000}",
                ["d": "976"]),
            Row(
                ["a": "foo\nbar"],
                "- {source_labels: [a], target_label: b, action: hashmod, modulus: 1000}",
                ["b": "734"]),
            Row(
                ["a": "foo", "b1": "bar", "b2": "baz"],
                "- {regex: (b.*), replacement: 'bar_${1}', action: labelmap}",
                ["bar_b1": "bar", "bar_b2": "baz"]),
            Row(
                ["a": "foo", "b1": "bar", "b2": "baz"], "- {regex: (b.*), action: labelkeep}",
                ["a": ""]),
            Row(
                ["a": "foo", "b1": "bar", "b2": "baz"], "- {regex: (b.*), action: labeldrop}",
                ["b1": "", "b2": ""]),
            Row(abc, "- {regex: .*, action: labeldrop}", ["a": "", "b": "", "c": ""]),
            Row(
                ["a": "some-name-value"],
                """
                - {source_labels: [a], regex: 'some-([^-]+)-([^,]+)', replacement: '${2}', \
                target_label: '${1}'}
                """, ["name": "value"]),
            Row(
                ["a": "some-name-0"],
                """
                - {source_labels: [a], regex: 'some-([^-]+)-([^,]+)', replacement: '${1}', \
                target_label: '${3}'}
                """, [:]),
            Row(
                ["tags": "path:/secret,job:some-job,label:foo=bar"],
                """
                - {source_labels: [tags], regex: '(?:.+,|^)job:([^,]+).*', target_label: job}
                - {source_labels: [tags], regex: '(?:.+,|^)label:([^=]+)=([^,]+).*', \
                replacement: '${2}', target_label: '${1}'}
                """, ["job": "some-job", "foo": "bar"]),
            Row(
                ["foo": "bAr123Foo"],
                """
                - {source_labels: [foo], action: uppercase, target_label: up}
                - {source_labels: [foo], action: lowercase, target_label: low}
                """, ["up": "BAR123FOO", "low": "bar123foo"]),
            Row(
                ["a": "straße É"], "- {source_labels: [a], action: uppercase, target_label: b}",
                ["b": "STRAßE É"]),
            Row(
                ports,
                "- {source_labels: [__tmp_port], action: keepequal, target_label: __port1}", [:]),
            Row(
                ports,
                "- {source_labels: [__tmp_port], action: dropequal, target_label: __port1}", nil),
            Row(
                ports,
                "- {source_labels: [__tmp_port], action: dropequal, target_label: __port2}", [:]),
            Row(
                ports,
                "- {source_labels: [__tmp_port], action: keepequal, target_label: __port2}", nil),
            Row(abc, "", [:]), Row(abc, "[]", [:]),
        ])
    func relabels(row: Row) throws {
        let rules = try RelabelRules(yaml: SourceText(name: "rules", text: row.rules), md5: digest)
        let expected = row.changes.map { changes in
            row.labels.merging(changes) { $1 }.filter { !$0.value.isEmpty }
        }
        #expect(rules.relabel(labelSet(row.labels)) == expected.map(labelSet))
    }

    @Test("drops labels without a value, as Prometheus' builder does")
    func emptyValues() throws {
        let rules = try RelabelRules(
            yaml: SourceText(name: "rules", text: "- {regex: x, action: labeldrop}"), md5: digest)
        #expect(rules.relabel(labelSet(["a": "", "b": "c"])) == labelSet(["b": "c"]))
    }

    @Test("leaves the order of labels alone where none comes in")
    func order() throws {
        let rules = try RelabelRules(
            yaml: SourceText(name: "rules", text: "- {regex: c, action: labeldrop}"), md5: digest)
        let unordered = LabelSet(bytes: ["b", "c", "a"].map { (Array($0.utf8), [0x78]) })
        #expect(rules.relabel(unordered)?.texts.map(\.name) == ["b", "a"])
    }

    private func labelSet(_ labels: [String: String]) -> LabelSet {
        LabelSet(labels.map { SeriesLabel($0.key, $0.value) })
    }

    /// The digests of the two texts that are hashed above, as md5sum prints them.
    private func digest(_ message: [UInt8]) -> [UInt8] {
        let digests = [
            "baz": "73feffa4b7f6bb68e44cf984c85f6e88",
            "foo\nbar": "a76999788386641a3ec798554f1fe7e6",
        ]
        let text = Array((digests[String(decoding: message, as: UTF8.self)] ?? "").utf8)
        return stride(from: 0, to: text.count, by: 2).compactMap { place in
            UInt8(String(decoding: text[place..<place + 2], as: UTF8.self), radix: 16)
        }
    }
}
