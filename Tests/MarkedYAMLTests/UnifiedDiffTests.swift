import Testing

@testable import MarkedYAML

struct UnifiedDiffTests {
    private func edit(_ source: SourceText, _ range: Range<Int>, _ text: String) -> TextEdit {
        TextEdit(range: SourceRange(source: source, bytes: range), replacement: text)
    }

    @Test func aChangeIsShownWithItsContext() {
        let source = SourceText(name: "./a.yaml", text: (1...9).map { "l\($0)\n" }.joined())
        let diff = UnifiedDiff.text(of: [edit(source, 12..<14, "X\nY")])
        #expect(
            diff == """
                --- a/a.yaml
                +++ b/a.yaml
                @@ -2,7 +2,8 @@
                 l2
                 l3
                 l4
                -l5
                +X
                +Y
                 l6
                 l7
                 l8

                """)
    }

    @Test func aMissingLineBreakAtTheEndIsSaid() {
        let source = SourceText(name: "/x/a b.yaml", text: "a")
        let diff = UnifiedDiff.text(of: [edit(source, 1..<1, "\nb")])
        #expect(
            diff == """
                --- a/x/a b.yaml\t
                +++ b/x/a b.yaml\t
                @@ -1 +1,2 @@
                -a
                \\ No newline at end of file
                +a
                +b
                \\ No newline at end of file

                """)
    }

    @Test func editsWithoutEffectLeaveNothing() {
        let source = SourceText(name: "a", text: "a\nb\n")
        #expect(UnifiedDiff.text(of: []) == "")
        #expect(UnifiedDiff.text(of: [edit(source, 0..<1, "a")]) == "")
    }

    @Test func sourcesAreKeptApartAndInOrder() {
        let left = SourceText(name: "l", text: "1\n")
        let right = SourceText(name: "r", text: "2\n")
        let diff = UnifiedDiff.text(
            of: [edit(right, 0..<1, "3"), edit(left, 0..<1, "4"), edit(right, 2..<2, "5\n")])
        #expect(
            diff == """
                --- a/r
                +++ b/r
                @@ -1 +1,2 @@
                -2
                +3
                +5
                --- a/l
                +++ b/l
                @@ -1 +1 @@
                -1
                +4

                """)
    }

    @Test("random edits give a diff that makes the same text", arguments: 0..<300)
    func applies(seed: UInt64) throws {
        var random = Random(seed: seed)
        let ends = seed.isMultiple(of: 3) ? "\r\n" : "\n"
        let count = random.below(30)
        var text = (0..<count).map { _ in "l\(random.below(4))" + ends }.joined()
        if seed.isMultiple(of: 5) { text += "end" }
        let source = SourceText(name: "f", text: text)
        var cuts = (0..<(2 * random.below(5))).map { _ in random.below(source.bytes.count + 1) }
        cuts.sort()
        let edits = stride(from: 0, to: cuts.count, by: 2).map { index in
            edit(
                source, cuts[index]..<cuts[index + 1],
                ["", "X", "Y\n", "\nZ", "l1\nl2\n"][random.below(5)])
        }
        var expected = source.bytes
        for edit in edits.reversed() {
            expected.replaceSubrange(edit.range.bytes, with: Array(edit.replacement.utf8))
        }
        let context = random.below(4)
        let diff = UnifiedDiff.text(of: distinct(edits), context: context)
        if distinct(edits) == edits {
            let patched = try Patch.apply(diff, to: text)
            #expect(patched == String(decoding: expected, as: UTF8.self))
        }
    }

    private func distinct(_ edits: [TextEdit]) -> [TextEdit] {
        var seen: Set<TextEdit> = []
        return edits.filter { seen.insert($0).inserted }
    }
}

/// A xorshift generator, so that a failing seed fails again.
struct Random {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

    mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return limit == 0 ? 0 : Int(state % UInt64(limit))
    }
}

/// A patch(1) that allows no fuzz and no offset.
enum Patch {
    struct Mismatch: Error { let line: String }

    static func apply(_ diff: String, to text: String) throws -> String {
        let old = lines(text)
        var new: [String] = []
        var position = 0
        var lastSign: Unicode.Scalar?
        for var line in lines(diff).dropFirst(2) {
            let sign = line.unicodeScalars.first
            defer { lastSign = sign }
            if sign == "@" {
                let start = try start(ofHunk: line)
                new += old[position..<start]
                position = start
                continue
            }
            if sign == "\\" {
                guard lastSign == "+", let last = new.last else { continue }
                new[new.count - 1] = String(decoding: last.utf8.dropLast(), as: UTF8.self)
                continue
            }
            line = String(decoding: line.utf8.dropFirst(), as: UTF8.self)
            if sign == "+" {
                new.append(line)
                continue
            }
            guard position < old.count, trimmed(old[position]) == trimmed(line) else {
                throw Mismatch(line: line)
            }
            if sign == " " { new.append(old[position]) }
            position += 1
        }
        return (new + old[position...]).joined()
    }

    private static func trimmed(_ line: String) -> String {
        line.utf8.last == 0x0A ? String(decoding: line.utf8.dropLast(), as: UTF8.self) : line
    }

    private static func start(ofHunk line: String) throws -> Int {
        let extent = line.split(separator: " ")[1].dropFirst().split(separator: ",")
        guard let start = Int(extent[0]) else { throw Mismatch(line: line) }
        return extent.last == "0" && extent.count == 2 ? start : start - 1
    }

    private static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
            lines.append(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
            rest = rest[end...]
        }
        return lines
    }
}
