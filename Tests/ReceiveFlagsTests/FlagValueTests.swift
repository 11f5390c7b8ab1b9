import ReceiveFlags
import Testing

@Suite("Values of flags")
struct FlagValueTests {
    @Test(
        "are durations as Prometheus writes them",
        arguments: [
            ("0", Duration.zero), ("15d", .seconds(1_296_000)), ("2h30m", .seconds(9000)),
            ("1w", .seconds(604_800)), ("500ms", .milliseconds(500)), ("1y", .seconds(31_536_000)),
        ])
    func prometheus(text: String, expected: Duration) {
        #expect(FlagValue.prometheusDuration(text) == expected)
    }

    @Test(
        "are no durations", arguments: ["", "15", "1.5h", "30m2h", "-1h", "h", "1d1d", "9999999y"])
    func notPrometheus(text: String) {
        #expect(FlagValue.prometheusDuration(text) == nil)
    }

    @Test(
        "are durations as Go writes them",
        arguments: [
            ("1s", Duration.seconds(1)), ("1h0m0.5s", .milliseconds(3_600_500)),
            ("-2m", .seconds(-120)), ("0", .zero), ("60m", .seconds(3600)),
        ])
    func goDuration(text: String, expected: Duration) {
        #expect(FlagValue.goDuration(text) == expected)
    }

    @Test(
        "are byte counts in powers of 1024",
        arguments: [
            ("0", 0), ("1KB", 1024), ("1KiB", 1024), ("512MB", 512 << 20),
            ("1.5GiB", 1_610_612_736),
        ])
    func byteCount(text: String, expected: Int64) {
        #expect(FlagValue.byteCount(text) == expected)
    }

    @Test("are no byte counts", arguments: ["1", "1kB", "MB", "1Gi", "-1MB", "1iB"])
    func notByteCount(text: String) {
        #expect(FlagValue.byteCount(text) == nil)
    }
}
