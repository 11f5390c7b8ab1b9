import FoundationEssentials
import Testing

@testable import IncidentLab

@Suite("Times of an incident, moved to the run")
struct TimeShiftTests {
    /// Two hours and a day after the recording.
    private static let start = Date(timeIntervalSince1970: 1_795_269_600 + 7200)

    @Test(
        "moves times in UTC and leaves everything else",
        arguments: [
            ("2026-11-20T12:00:00Z", "2026-11-21T16:00:00Z"),
            ("\"2026-11-20T11:59:59Z\"", "\"2026-11-21T15:59:59Z\""),
            ("ts=2026-11-20T12:00:00.017663919Z x", "ts=2026-11-21T16:00:00.017663919Z x"),
            (
                "2026-11-20T23:30:00Z2026-11-20T12:00:00Z",
                "2026-11-22T03:30:00Z2026-11-21T16:00:00Z"
            ),
            ("2026-11-20T12:00:00+09:00", "2026-11-20T12:00:00+09:00"),
            ("2026-13-45T12:00:00Z", "2026-13-45T12:00:00Z"), ("2026-11-20", "2026-11-20"),
            ("12026-11-20T12:00:00", "12026-11-20T12:00:00"), ("ä 1 é", "ä 1 é"), ("", ""),
        ])
    func moves(text: String, moved: String) throws {
        let shift = try #require(TimeShift(from: "2026-11-20T12:00:00Z", to: Self.start))
        #expect(shift.applied(to: text) == moved)
    }

    @Test("needs a time to start from", arguments: ["yesterday", "", "2026-11-20"])
    func refuses(now: String) {
        #expect(TimeShift(from: now, to: Self.start) == nil)
    }
}
