import Glibc

extension HTTPResponse {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// When the server sent it by its own clock, in seconds since 1970; nil without a `Date` in the
    /// form that RFC 9110 (5.6.7) asks for: `Sun, 06 Nov 1994 08:49:37 GMT`.
    package var date: Double? {
        guard let parts = headers["Date"]?.split(separator: " "), parts.count == 6,
            parts[5] == "GMT", let day = Int32(parts[1]), (1...31).contains(day),
            let month = Self.months.firstIndex(of: String(parts[2])), let year = Int32(parts[3]),
            (1970...9999).contains(year)
        else { return nil }
        let time = parts[4].split(separator: ":").compactMap { Int32($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]),
            (0...60).contains(time[2])
        else { return nil }
        var fields = tm()
        fields.tm_year = year - 1900
        fields.tm_mon = Int32(month)
        fields.tm_mday = day
        fields.tm_hour = time[0]
        fields.tm_min = time[1]
        fields.tm_sec = time[2]
        return Double(timegm(&fields))
    }
}
