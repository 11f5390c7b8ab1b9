import LabelMatching
import Testing
import TimeSeries

@Suite("A condition on one label")
struct LabelMatcherTests {
    struct Row: CustomTestStringConvertible {
        let kind: LabelMatcher.Kind
        let condition: String
        let value: String
        let isMet: Bool

        init(_ kind: LabelMatcher.Kind, _ condition: String, _ value: String, _ isMet: Bool) {
            self.kind = kind
            self.condition = condition
            self.value = value
            self.isMet = isMet
        }

        var testDescription: String { "\"\(value)\" \(kind.rawValue) \"\(condition)\"" }
    }

    @Test(
        "accepts the values that Prometheus 3 accepts",
        arguments: [
            Row(.equal, "a", "a", true), Row(.equal, "a", "ab", false), Row(.equal, "", "", true),
            Row(.notEqual, "a", "b", true), Row(.notEqual, "a", "a", false),
            Row(.notEqual, "a", "", true),
            Row(.matches, "a", "a", true), Row(.matches, "a", "xa", false),
            Row(.matches, "a|b|", "b", true), Row(.matches, "a|b|", "", true),
            Row(.matches, "a|b|", "a|b|", false), Row(.matches, "", "", true),
            Row(.matches, "", "a", false),
            Row(.matches, "a.c", "a\nc", true), Row(.matches, ".*", "", true),
            Row(.matches, ".+", "", false), Row(.matches, ".+", "\n", true),
            Row(.matches, "foo|ba.", "bar", true), Row(.matches, "foo|ba.", "xbar", false),
            Row(.matches, "foo|ba.", "foox", false),
            Row(.matches, "(?i)ABC", "aBc", true), Row(.matches, "^a$", "a", true),
            Row(.matches, #"\d+\.\d"#, "12.5", true), Row(.matches, "é.", "éé", true),
            Row(.doesNotMatch, "a.*", "b", true), Row(.doesNotMatch, "a.*", "abc", false),
            Row(.doesNotMatch, ".+", "", true),
        ])
    func accepts(row: Row) throws {
        let matcher = try LabelMatcher(row.kind, "label", row.condition)
        #expect(matcher.matches(row.value.utf8) == row.isMet)
        #expect(matcher.matches(Array("x\(row.value)".utf8)[1...]) == row.isMet)
    }

    @Test("takes a missing label for an empty one")
    func missingLabel() throws {
        let labels = LabelSet([SeriesLabel("__name__", "up"), SeriesLabel("job", "node")])
        let job = try LabelMatcher(.equal, "job", "node")
        let noPod = try LabelMatcher(.equal, "pod", "")
        let somePod = try LabelMatcher(.matches, "pod", ".+")
        #expect([job, noPod].matches(labels))
        #expect(![job, somePod].matches(labels))
    }

    @Test("lists the values it could accept")
    func acceptedValues() throws {
        func values(_ kind: LabelMatcher.Kind, _ value: String) throws -> Set<[UInt8]>? {
            try LabelMatcher(kind, "label", value).acceptedValues
        }
        #expect(try values(.equal, "a") == [Array("a".utf8)])
        #expect(try values(.matches, "a|b") == [Array("a".utf8), Array("b".utf8)])
        #expect(try values(.matches, "a.*") == nil)
        #expect(try values(.notEqual, "a") == nil)
        #expect(try values(.doesNotMatch, "a|b") == nil)
    }

    @Test("is equal to another that asks the same")
    func equality() throws {
        #expect(try LabelMatcher(.matches, "a", "x.*") == LabelMatcher(.matches, "a", "x.*"))
        #expect(try LabelMatcher(.matches, "a", "x.*") != LabelMatcher(.equal, "a", "x.*"))
    }

    @Test("refuses bytes that are no UTF-8 instead of failing on them")
    func invalidBytes() throws {
        let matcher = try LabelMatcher(.matches, "label", "a.c")
        #expect(!matcher.matches([0x61, 0xFF, 0x63]))
        #expect(try LabelMatcher(.matches, "label", ".*").matches([0xFF]))
    }
}
