import Evidence
import TestSupport
import Testing

@Suite("Search in a line")
struct TextSearchTests {
    @Test("finds what a plain comparison finds, at every place", arguments: UInt64(0)..<40)
    func equalsPlainSearch(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        for _ in 0..<200 {
            // Few letters, so that beginnings repeat; one of them is of two bytes.
            let line = random.text(of: ["a", "b", "A", "é", "@", "`"], upTo: 24)
            let text = random.text(of: ["a", "b", "A", "é", "@", "`"], upTo: 5)
            #expect(line.contains(text) == plainly(line, holds: text), "\(text) in \(line)")
            #expect(
                line.containsInAnyCase(text) == plainly(small(line), holds: small(text)),
                "\(text) in \(line), in any case")
        }
    }

    @Test(
        "the bounds: nothing is in everything, and nothing longer than the line",
        arguments: [("", "", true), ("a", "", true), ("", "a", false), ("ab", "abc", false)])
    func bounds(line: String, text: String, isFound: Bool) {
        #expect(line.contains(text) == isFound)
        #expect(line.containsInAnyCase(text) == isFound)
    }

    @Test("letters have a case, and signs that differ by the same bit have none")
    func signsHaveNoCase() {
        #expect("Encountered WAL read error".containsInAnyCase("encountered wal"))
        #expect(!"a@b".containsInAnyCase("a`b"))
        #expect(!"a[b".containsInAnyCase("a{b"))
    }

    @Test("bytes count: an accent of its own is another text")
    func bytesCount() {
        #expect(!"caf\u{65}\u{301}".contains("caf\u{E9}"))
    }

    private func plainly(_ line: String, holds text: String) -> Bool {
        let (line, text) = (Array(line.utf8), Array(text.utf8))
        guard line.count >= text.count else { return false }
        return (0...line.count - text.count).contains { line[$0...].starts(with: text) }
    }

    private func small(_ text: String) -> String {
        String(
            decoding: text.utf8.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}

extension SeededNumbers {
    fileprivate mutating func text(of letters: [String], upTo length: Int) -> String {
        (0..<Int.random(in: 0...length, using: &self)).map { _ in
            letters.randomElement(using: &self) ?? ""
        }.joined()
    }
}
