import Evidence
import Foundation
import Testing

@Suite("Records of a log")
struct LogRecordTests {
    @Test(
        "one event reads the same in every format in which Thanos and Prometheus write it",
        arguments: [
            #"ts=2026-11-20T11:58:01.5Z caller=a.go:1 level=warn msg="upload failed" "#
                + #"err="Access Denied.\nstack""#,
            #"time=2026-11-20T11:58:01.500Z level=WARN source=a.go:1 msg="upload failed" "#
                + #"err="Access Denied.\nstack""#,
            #"{"ts":"2026-11-20T11:58:01.5Z","level":"warn","msg":"upload failed","#
                + #""err":"Access Denied.\nstack"}"#,
        ])
    func formats(line: String) {
        let record = LogRecord(line)
        #expect(record.message == "upload failed")
        #expect(record.error == "Access Denied.")
        #expect(record.time == 1_795_175_881.5)
        #expect(record["level"]?.lowercased() == "warn")
        #expect(record["absent"] == nil)
    }

    @Test("a line without fields is its own message")
    func bare() {
        let record = LogRecord("panic: runtime error: index out of range")
        #expect(record.message == "panic: runtime error: index out of range")
        #expect(record.error == nil && record.time == nil)
    }

    @Test(
        "what only begins like JSON is no crash, and its words are still the message",
        arguments: [
            "{", "{}", "{\"msg\":", "{\"msg\": 5}", "{level=info msg=x}",
            String(repeating: "{\"a\":", count: 5000),
        ])
    func brokenJSON(line: String) {
        #expect(!LogRecord(line).message.isEmpty)
        #expect(LogRecord(line).time == nil)
    }
}

@Suite("Times of logs and of Kubernetes")
struct TimestampTests {
    @Test("are those of the calendar, on every day of two centuries")
    func calendar() throws {
        let day = 86_400.0
        for number in stride(from: 0.0, to: 73_000, by: 1) {
            let seconds = number * day + 45_296
            let text = Date(timeIntervalSince1970: seconds).formatted(.iso8601)
            #expect(Timestamp.seconds(rfc3339: text) == seconds, "\(text)")
        }
    }

    @Test("keep fractions", arguments: [("00.5", 0.5), ("59.999999999", 59.999_999_999)])
    func fractions(text: String, seconds: Double) {
        #expect(Timestamp.seconds(rfc3339: "1970-01-01T00:00:\(text)Z") == seconds)
    }

    @Test(
        "are refused when they are none, or not in UTC",
        arguments: [
            "", "Z", "2026-11-20", "2026-11-20T11:58:01", "2026-11-20T11:58:01+02:00",
            "2026-13-20T11:58:01Z", "2026-11-32T11:58:01Z", "2026-11-20T24:58:01Z",
            "2026-11-20T11:60:01Z", "2026-11-20T11:58:61Z", "2026-11-20T11:58:nanZ",
            "99999999999999999999-01-01T00:00:00Z", "2026-11-20T11:58:01.5.5Z",
        ])
    func refused(text: String) {
        #expect(Timestamp.seconds(rfc3339: text) == nil)
    }
}
