import Hashrings
import Testing
import TimeSeries

@Suite("Series in lines")
struct SeriesLineTests {
    @Test("are sorted by bytes, and the last of equal names counts")
    func sorted() throws {
        let line = #"{"x": 1, "labels": {"b": "1", "a": "2", "B": "3", "é": "4", "b": "5"}}"#
        #expect(
            try SeriesLine(Array(line.utf8)).labels.texts == [
                SeriesLabel("B", "3"), SeriesLabel("a", "2"), SeriesLabel("b", "5"),
                SeriesLabel("é", "4"),
            ])
    }

    @Test("without labels are series too")
    func empty() throws {
        #expect(try SeriesLine(Array(#"{"labels": {}}"#.utf8)).labels == .empty)
    }

    @Test(
        "that are anything else say what is wrong",
        arguments: [
            ("", "unexpected end of JSON input"),
            ("nope", "invalid character 'o' in literal null (expecting 'u')"),
            (#"{"labels": {}} {}"#, "invalid character '{' after top-level value"),
            ("[]", #"a line is an object with "labels", itself an object"#),
            ("{}", #"a line is an object with "labels", itself an object"#),
            (#"{"labels": null}"#, #"a line is an object with "labels", itself an object"#),
            (#"{"labels": ["a"]}"#, #"a line is an object with "labels", itself an object"#),
            (#"{"labels": {"a": 1}}"#, "the value of label a is no string"),
            (#"{"labels": {"a": null}}"#, "the value of label a is no string"),
            (#"{"labels": {"a": {}}}"#, "the value of label a is no string"),
        ])
    func refused(line: String, message: String) {
        let error = #expect(throws: SeriesLine.Failure.self) {
            try SeriesLine(Array(line.utf8))
        }
        #expect(error?.message == message)
    }

    @Test("that end anywhere are refused")
    func truncated() throws {
        let line = Array(#"{"labels": {"a": "\u00e9", "b": "c"}}"#.utf8)
        for count in 0..<line.count {
            #expect(throws: SeriesLine.Failure.self) {
                try SeriesLine(Array(line.prefix(count)))
            }
        }
    }
}
