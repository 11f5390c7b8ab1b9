import Testing

@testable import MarkedYAML

struct HostileInputTests {
    private func codes(_ text: String, _ limits: ReadingLimits = .standard) -> [YAMLError.Code] {
        YAMLReader.stream(SourceText(name: "x", text: text), limits: limits).errors.map(\.code)
    }

    private func laughs(_ levels: Int) -> String {
        let first = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        return first
            + (1..<levels).map { level in
                let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
                return "a\(level): &a\(level) [\(list)]\n"
            }.joined()
    }

    @Test func aBillionLaughsAreTooMany() {
        #expect(codes(laughs(10)) == [.tooManyNodes])
        #expect(codes(laughs(30)) == [.tooManyNodes])
        #expect(codes(laughs(5)) == [])
    }

    @Test func aChainOfAliasesCountsItsWholeDepth() {
        let levels = (1..<6).map { level in
            let open = String(repeating: "[", count: 250)
            let close = String(repeating: "]", count: 250)
            return "- &a\(level) \(open)*a\(level - 1)\(close)\n"
        }
        #expect(codes("- &a0 x\n" + levels[..<3].joined()) == [])
        #expect(codes("- &a0 x\n" + levels.joined()) == [.tooDeep])
    }

    @Test(arguments: ["[", "{a: ", "- ", "? ", "[{a: ", "- - [[", "- a: "])
    func deepNestingIsRefused(opening: String) {
        let text = String(repeating: opening, count: 100_000)
        #expect(codes(text).count == 1)
        #expect(codes("a: 1\n---\n" + text + "\n---\nb: 2\n").count == 1)
    }

    @Test func manyValuesInDeepBracketsAreRefusedBeforeTheyTakeMinutes() {
        let open = String(repeating: "[", count: 900)
        #expect(codes(open + String(repeating: "a,", count: 200_000)) == [.tooDeep])
    }

    @Test func thousandLevelsAreAllowedAndOneMoreIsNot() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(codes(nested(1000)) == [])
        #expect(codes(nested(1001)) == [.tooDeep])
    }

    @Test func aTextAboveTheLimitIsNotParsed() {
        let limits = ReadingLimits(bytes: 10)
        #expect(codes("0123456789", limits) == [])
        #expect(codes("01234567890", limits) == [.tooLarge])
        let source = SourceText(name: "x", text: "[1,2,3,4,5,6]")
        #expect(throws: YAMLError.self) { try JSONReader.document(source, limits: limits) }
    }

    @Test func nodesAreCounted() {
        let limits = ReadingLimits(nodes: 5)
        #expect(codes("[1, 2, 3, 4]", limits) == [])
        #expect(codes("[1, 2, 3, 4, 5]", limits) == [.tooManyNodes])
    }

    @Test func aMillionBrokenDocumentsEndInABoundedNumberOfErrors() {
        let text = String(repeating: "---\n[\n", count: 100_000)
        #expect(codes(text).count == 500)
        let binary = String(repeating: "---\n\0\n", count: 100_000)
        #expect(codes(binary).count == 500)
    }

    @Test func manyKeysAndManyAnchorsAreReadQuickly() {
        let keys = (0..<50_000).map { "k\($0): &a\($0) v\n" }.joined()
        #expect(codes(keys) == [])
        let flow = "{" + (0..<50_000).map { "k\($0): v" }.joined(separator: ", ") + "}"
        #expect(codes(flow) == [])
    }

    @Test func deepJSONNeitherCrashesNorIsAccepted() {
        for opening in ["[", "{\"a\":"] {
            let text = String(repeating: opening, count: 200_000)
            let source = SourceText(name: "x", text: text)
            let error = #expect(throws: YAMLError.self) { try JSONReader.document(source) }
            #expect(error?.code == .tooDeep)
        }
    }

    @Test("random bytes are never a crash", arguments: 0..<200)
    func randomBytes(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        let alphabet = Array("a:- \n{}[],&*!|>'\"\\#?%@\t\r0é\u{2028}\u{85}<".utf8) + [0xFF, 0x00]
        let bytes = (0..<300).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            let limit = seed.isMultiple(of: 4) ? alphabet.count : alphabet.count - 2
            return alphabet[Int(state % UInt64(limit))]
        }
        let source = SourceText(name: "x", bytes: bytes)
        let stream = MarkedReader.stream(source)
        for node in stream.documents.flatMap(subtree) {
            #expect(node.range.end.offset <= bytes.count)
            _ = (0...4).map { node.place(ofByte: $0) }
            _ = node.plainValue
            _ = TextEdit.inserting(["x: 1"], atTopOf: node)
            _ = TextEdit.inserting(["x: 1"], atEndOf: node)
            for entry in node.entries {
                _ = TextEdit.removing(key: entry.key.scalarText ?? "", from: node)
            }
        }
    }
}
