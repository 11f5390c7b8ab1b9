/// The time in a log line: the first RFC 3339 time in it, whatever the key before it.
enum LineTime {
    /// Where a line says when it was written.
    private static let reach = 256

    /// Seconds since 1970; nil when there is no time in the first part of the line.
    static func seconds(in line: UnsafeRawBufferPointer) -> Double? {
        let end = min(line.count, reach)
        guard end >= 20 else { return nil }
        for start in 0...(end - 20)
        where line[start + 4] == UInt8(ascii: "-") && line[start + 10] == UInt8(ascii: "T") {
            if let seconds = seconds(line, at: start) { return seconds }
        }
        return nil
    }

    private static func seconds(_ line: UnsafeRawBufferPointer, at start: Int) -> Double? {
        guard let year = number(line, start, 4), let month = number(line, start + 5, 2),
            let day = number(line, start + 8, 2), let hour = number(line, start + 11, 2),
            let minute = number(line, start + 14, 2), let second = number(line, start + 17, 2),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var index = start + 19
        var fraction = 0.0
        if index < line.count, line[index] == UInt8(ascii: ".") {
            index += 1
            var scale = 0.1
            while index < line.count, let digit = number(line, index, 1) {
                fraction += Double(digit) * scale
                scale /= 10
                index += 1
            }
        }
        guard let offset = offset(line, at: index) else { return nil }
        let days = days(year: year, month: month, day: day)
        return Double(days * 86400 + hour * 3600 + minute * 60 + second - offset) + fraction
    }

    /// Seconds east of Greenwich: `Z` or `+02:00`.
    private static func offset(_ line: UnsafeRawBufferPointer, at index: Int) -> Int? {
        guard index < line.count else { return nil }
        if line[index] == UInt8(ascii: "Z") { return 0 }
        guard index + 6 <= line.count, let hours = number(line, index + 1, 2),
            let minutes = number(line, index + 4, 2)
        else { return nil }
        switch line[index] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
        case _: return nil
        }
    }

    private static func number(
        _ line: UnsafeRawBufferPointer, _ start: Int, _ count: Int
    ) -> Int? {
        var value = 0
        for index in start..<(start + count) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(line[index]) else { return nil }
            value = value * 10 + Int(line[index] - UInt8(ascii: "0"))
        }
        return value
    }

    /// Days since 1970-01-01, the year beginning in March so that the leap day is the last
    /// (Howard Hinnant, "chrono-compatible low-level date algorithms").
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month > 2 ? year : year - 1
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719468
    }
}
