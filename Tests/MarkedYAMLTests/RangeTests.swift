import Testing

@testable import MarkedYAML

struct RangeTests {
    struct Row: CustomTestStringConvertible {
        let yaml: String
        let path: [String]
        let range: String
        var place: String?
        var testDescription: String { yaml.debugDescription }
    }

    @Test(
        "a range covers exactly the content",
        arguments: [
            Row(yaml: "a: b\n", path: [], range: "a: b"),
            Row(yaml: "a: b  # c\n\n# d\n", path: [], range: "a: b"),
            Row(yaml: "a:\n  b: c\n\n\nd: e\n", path: ["a"], range: "b: c", place: "2:3-2:7"),
            Row(yaml: "a:\n- b\n- c\n# x\nd: e\n", path: ["a"], range: "- b\n- c"),
            Row(yaml: "a: |\n  b\n  c\n\n\nd: e\n", path: ["a"], range: "|\n  b\n  c"),
            Row(yaml: "a: >-\n  b\n", path: ["a"], range: ">-\n  b"),
            Row(yaml: "a: b\n  c\n  \nd: e\n", path: ["a"], range: "b\n  c"),
            Row(yaml: "a: 'b\n\n  c'  \nd: e\n", path: ["a"], range: "'b\n\n  c'"),
            Row(yaml: "a: {b: [c]}  # x\n", path: ["a"], range: "{b: [c]}"),
            Row(yaml: "a: {b: [c , d ]}\n", path: ["a", "b"], range: "[c , d ]"),
            Row(yaml: "a:\nb: c\n", path: ["a"], range: "", place: "1:3-1:3"),
            Row(yaml: "a: &x b\n", path: ["a"], range: "&x b"),
            Row(yaml: "ä: ö\nb: 😀\n", path: ["b"], range: "😀", place: "2:4-2:5"),
            Row(yaml: "\u{FEFF}a: b\n", path: ["a"], range: "b", place: "1:5-1:6"),
            Row(yaml: "a: ö\r\nb: c\r\n", path: ["b"], range: "c", place: "2:4-2:5"),
            Row(yaml: "a:\r\n  b: |\r\n    c\r\n\r\nd: e", path: ["a"], range: "b: |\r\n    c"),
            Row(yaml: "é: x\u{2028} y\nb: c\n", path: ["b"], range: "c"),
            Row(yaml: "a: 'é\u{85}é'\nb: c\n", path: ["b"], range: "c", place: "2:4-2:5"),
            Row(yaml: "a: 1\rb: 2\r", path: ["b"], range: "2", place: "2:4-2:5"),
            Row(yaml: "--- # x\na: b\n...\n", path: [], range: "a: b"),
            Row(yaml: "--- |\n x\n", path: [], range: "|\n x"),
        ])
    func covers(row: Row) throws {
        let stream = YAMLReader.stream(SourceText(name: "x", text: row.yaml))
        #expect(stream.errors == [])
        let document = try #require(stream.documents.first)
        let node = try #require(row.path.reduce(Optional(document)) { $0?[$1] })
        #expect(node.range.text == row.range)
        if let expected = row.place { #expect(place(node.range) == expected) }
    }

    @Test("every plain or quoted scalar of a manifest is found at its range")
    func allScalars() throws {
        let node = try root(manifest)
        let scalars = subtree(node).filter { $0.kind == .scalar }
        #expect(scalars.count > 40)
        for scalar in scalars where scalar.style == .plain && !scalar.isAlias {
            #expect(scalar.range.text.hasSuffix(scalar.scalarText ?? "?"))
        }
        for scalar in scalars where scalar.style == .doubleQuoted {
            #expect(scalar.range.text.hasPrefix("\"") && scalar.range.text.hasSuffix("\""))
        }
        for node in subtree(node) {
            #expect(node.source.mark(at: node.range.start.offset) == node.range.start)
        }
    }
}

let manifest = """
    # the receiver
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: thanos-receive
      labels: {app.kubernetes.io/name: "thanos-receive", tier: "rückseite"}
    spec:
      replicas: 3
      template:
        spec:
          containers:
            - name: thanos
              image: &image quay.io/thanos/thanos:v0.37.2
              args:
                - receive
                - --receive.replication-factor=3   # three
                - --label=replica="$(POD_NAME)"
              command: [sh, -c, 'it''s', "tab\\t"]
              env:
                - name: SCRIPT
                  value: |
                    line one
                      line two

                    line three
                - name: FOLDED
                  value: >-
                    some words
                    on two lines

                    and a paragraph
                - {name: IMAGE, value: *image}
              resources:
                limits:
                  memory: 2Gi
                requests:
          volumes: []

    """
