import MarkedYAML
import Relabelling
import Testing

/// The texts are what `promtool check config` of Prometheus 2.42 printed for the same rules, but
/// for the anchors of patterns, which are those of Prometheus 3.
@Suite("Relabelling rules that cannot be used")
struct RelabelErrorTests {
    @Test(
        "are refused in Prometheus' words",
        arguments: [
            ("- action: nothing", #"unknown relabel action "nothing""#),
            ("- regex: a(", "error parsing regexp: missing closing ): `^(?s:a()$`"),
            (
                "- {action: hashmod, target_label: a}",
                "relabel configuration for hashmod requires non-zero modulus"
            ),
            (
                "- action: replace",
                "relabel configuration for replace action requires 'target_label' value"
            ),
            (
                "- action: keepequal",
                "relabel configuration for keepequal action requires 'target_label' value"
            ),
            (
                "- {action: lowercase, target_label: a, replacement: b}",
                "'replacement' can not be set for lowercase action"
            ),
            (
                "- {action: labelmap, replacement: ''}",
                #""" is invalid 'replacement' for labelmap action"#
            ),
            (
                "- {action: labeldrop, source_labels: []}",
                "labeldrop action requires only 'regex', and no other fields"
            ),
            (
                "- {action: labelkeep, separator: ','}",
                "labelkeep action requires only 'regex', and no other fields"
            ),
            (
                "- {action: dropequal, target_label: a, regex: (.*)}",
                "dropequal action requires only 'source_labels' and `target_label`, "
                    + "and no other fields"
            ),
            ("- action: ~", "relabel action cannot be empty"),
            (
                "- unknown: 1",
                "yaml: unmarshal errors:\n  line 1: field unknown not found in type relabel.plain"
            ),
            (
                "- separator: [a]\n  modulus: abc\n  target_label: b",
                "yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into string\n"
                    + "  line 2: cannot unmarshal !!str `abc` into uint64"
            ),
            (
                "- {modulus: -1, target_label: a}",
                "yaml: unmarshal errors:\n  line 1: cannot unmarshal !!int `-1` into uint64"
            ),
            (
                "- {modulus: 'abcdefghijklm', target_label: a}",
                "yaml: unmarshal errors:\n"
                    + "  line 1: cannot unmarshal !!str `abcdefg...` into uint64"
            ),
            (
                "- {modulus: '7', target_label: a}",
                "yaml: unmarshal errors:\n  line 1: cannot unmarshal !!str `7` into uint64"
            ),
            (
                "- {source_labels: a, target_label: b}",
                "yaml: unmarshal errors:\n"
                    + "  line 1: cannot unmarshal !!str `a` into model.LabelNames"
            ),
            ("- {source_labels: [''], target_label: b}", #""" is not a valid label name"#),
            (
                "- action: [a]",
                "yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into string"
            ),
            (
                "- text",
                "yaml: unmarshal errors:\n"
                    + "  line 1: cannot unmarshal !!str `text` into relabel.plain"
            ),
            (
                "text",
                "yaml: unmarshal errors:\n"
                    + "  line 1: cannot unmarshal !!str `text` into []*relabel.Config"
            ),
            ("- ~", "empty or null relabeling rule"),
        ])
    func refuses(rules: String, message: String) {
        let error = #expect(throws: RelabelError.self) { try parse(rules, .refused) }
        #expect(error?.message == message)
    }

    @Test(
        "are not these",
        arguments: [
            "- {modulus: 0x10, target_label: a, action: hashmod}",
            "- {modulus: 18446744073709551615, target_label: a, action: hashmod}",
            "- {modulus: 1.5, target_label: a, action: hashmod}",
            "- {separator: ~, target_label: a}", "~",
        ])
    func accepts(rules: String) throws {
        _ = try parse(rules, .refused)
    }

    @Test("may hold unknown keys where nobody is strict")
    func unknownKeys() throws {
        #expect(try !parse("- {unknown: 1, target_label: a}", .ignored).isEmpty)
    }

    @Test("say where broken YAML is")
    func brokenText() {
        let error = #expect(throws: RelabelError.self) { try parse("- a: [", .ignored) }
        #expect(error?.message.hasPrefix("yaml: line ") == true)
    }

    private func parse(
        _ rules: String, _ unknownKeys: RelabelRules.UnknownKeys
    ) throws -> RelabelRules {
        try RelabelRules(
            yaml: SourceText(name: "rules", text: rules), unknownKeys: unknownKeys, md5: { $0 })
    }
}
