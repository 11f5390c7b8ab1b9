import Testing

@testable import MarkedYAML

struct SourceTextTests {
    struct Row: CustomTestStringConvertible {
        let text: String
        let lines: [String]
        var testDescription: String { text.debugDescription }
    }

    @Test(
        "lines end at LF, CRLF or CR",
        arguments: [
            Row(text: "", lines: [""]),
            Row(text: "a", lines: ["a"]),
            Row(text: "a\n", lines: ["a"]),
            Row(text: "a\n\n", lines: ["a", ""]),
            Row(text: "a\r\nb\r\n", lines: ["a", "b"]),
            Row(text: "a\rb\nc", lines: ["a", "b", "c"]),
            Row(text: "ä\u{2028}b\n", lines: ["ä\u{2028}b"]),
        ])
    func lines(row: Row) {
        let source = SourceText(name: "x", text: row.text)
        #expect(source.lineCount == row.lines.count)
        #expect((1...source.lineCount).map { source.line($0) } == row.lines)
        #expect(source.line(0) == nil)
        #expect(source.line(row.lines.count + 1) == nil)
    }

    @Test func columnsCountScalarsAndOffsetsCountBytes() {
        let source = SourceText(name: "x", text: "a\näö😀x\n")
        #expect(source.mark(at: 2) == Mark(line: 2, column: 1, offset: 2))
        #expect(source.mark(at: 4) == Mark(line: 2, column: 2, offset: 4))
        #expect(source.mark(at: 10) == Mark(line: 2, column: 4, offset: 10))
        #expect(source.mark(at: 99) == Mark(line: 3, column: 1, offset: 12))
        #expect(source.mark(at: -1) == Mark(line: 1, column: 1, offset: 0))
    }

    @Test(arguments: [0, 1, 255, 256, 257, 511, 512, 4096, 9999])
    func columnsAreRightFarIntoALongLine(scalars: Int) {
        let text = String(repeating: "é", count: scalars) + "x"
        let source = SourceText(name: "x", text: text)
        #expect(source.mark(at: 2 * scalars).column == scalars + 1)
        #expect(source.mark(at: 2 * scalars + 1).column == scalars + 2)
    }

    @Test func excerptsRepairWhatIsNotUTF8() {
        let source = SourceText(name: "x", bytes: [0x61, 0xFF, 0x62, 0x0A])
        #expect(source.line(1) == "a\u{FFFD}b")
    }

    @Test func rangesAreEqualOnlyInTheSameSource() {
        let left = SourceText(name: "x", text: "abc")
        let right = SourceText(name: "x", text: "abc")
        let range = SourceRange(source: left, start: left.mark(at: 0), end: left.mark(at: 2))
        #expect(range == SourceRange(source: left, bytes: 0..<2))
        #expect(range != SourceRange(source: right, bytes: 0..<2))
        #expect(range.text == "ab")
        #expect(Marked(1, at: range) == Marked(1, at: SourceRange(source: right, bytes: 1..<2)))
    }
}
