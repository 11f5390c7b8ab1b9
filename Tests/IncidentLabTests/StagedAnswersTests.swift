import Testing

@testable import IncidentLab

@Suite("What pods of an incident answer besides their metrics")
struct StagedAnswersTests {
    @Test("a body stands under its path and query, and other pods have none of it")
    func body() throws {
        let answers = try StagedAnswers(
            IncidentFiles(texts: [
                "answers/monitoring/query-0.yaml": """
                '/api/v1/stores': '{"status":"success"}'
                '/api/v1/query?dedup=true&query=count(up)': >-
                  {"data":{}}
                """
            ]))
        #expect(
            answers.body(of: "monitoring/query-0", "/api/v1/stores") == #"{"status":"success"}"#)
        #expect(
            answers.body(of: "monitoring/query-0", "/api/v1/query?dedup=true&query=count(up)")
                == #"{"data":{}}"#)
        #expect(answers.body(of: "monitoring/query-0", "/api/v1/query") == nil)
        #expect(answers.body(of: "monitoring/query-1", "/api/v1/stores") == nil)
    }

    @Test("a file that is no YAML is named with its line")
    func malformed() {
        let error = #expect(throws: LabError.self) {
            try StagedAnswers(IncidentFiles(texts: ["answers/n/p.yaml": "a: b\nc: [\n"]))
        }
        #expect(error?.description.hasPrefix("answers/n/p.yaml:3") == true)
    }
}
