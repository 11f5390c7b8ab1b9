import Glibc

/// A moment as log lines print it.
package struct WallTime: Hashable, Sendable {
    /// Since 1970 in UTC.
    package let seconds: Int64
    package let nanoseconds: Int32

    package init(seconds: Int64, nanoseconds: Int32) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Milliseconds since 1970.
    var milliseconds: Int64 { seconds &* 1000 &+ Int64(nanoseconds) / 1_000_000 }

    /// The moment so much later, or earlier.
    func advanced(by offset: Duration) -> WallTime {
        let (whole, attoseconds) = offset.components
        let fraction = Int64(nanoseconds) + attoseconds / 1_000_000_000
        let carry: Int64 = fraction < 0 ? -1 : fraction / 1_000_000_000
        return WallTime(
            seconds: seconds &+ whole &+ carry,
            nanoseconds: Int32(fraction - carry * 1_000_000_000))
    }

    package static func now() -> WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
    }

    /// Go's `RFC3339Nano` in UTC: trailing zeros of the fraction are left out.
    package var rfc3339: String {
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let second = Int(seconds) - days * 86_400
        let (year, month, day) = Self.date(days: days)
        return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
            + "T" + Self.padded(second / 3600, 2) + ":" + Self.padded(second / 60 % 60, 2)
            + ":" + Self.padded(second % 60, 2) + fraction + "Z"
    }

    private var fraction: String {
        guard nanoseconds > 0 else { return "" }
        var digits = Self.padded(Int(nanoseconds), 9)
        while digits.hasSuffix("0") { digits.removeLast() }
        return "." + digits
    }

    /// Days since 1970 to a date of the Gregorian calendar, counted in years that begin in March.
    private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
