/// Dates such as `2023-11-14T22:13:20.5+01:00`.
enum RFC3339 {
    /// Milliseconds since 1970, finer fractions cut; nil when the text is no date.
    static func milliseconds(_ text: String) -> Int64? {
        var fields = DateFields(rest: Array(text.utf8)[...])
        guard let year = fields.number(4), fields.skip("-"), let month = fields.number(2),
            fields.skip("-"), let day = fields.number(2), fields.skip("T"),
            let hour = fields.number(2), fields.skip(":"), let minute = fields.number(2),
            fields.skip(":"), let second = fields.number(2),
            let fraction = fields.fraction(), let offset = fields.offset(), fields.rest.isEmpty,
            (1...12).contains(month), (1...daysIn(month, of: year)).contains(day),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let days = daysSince1970(year, month, day)
        return ((days * 24 + hour) * 60 + minute - offset) * 60_000 + second * 1000 + fraction
    }

    private static func daysIn(_ month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// By years that begin in March, so that the leap day is the last.
    private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = (month + 9) % 12
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        return marchYear * 365 + leapDays + (marchMonth * 153 + 2) / 5 + day - 719_469
    }
}

/// Takes a date apart from its front.
private struct DateFields {
    var rest: ArraySlice<UInt8>

    mutating func number(_ digits: Int) -> Int64? {
        let field = rest.prefix(digits)
        guard field.count == digits, field.allSatisfy(Self.isDigit) else { return nil }
        rest = rest.dropFirst(digits)
        return field.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    mutating func skip(_ separator: Character) -> Bool {
        guard let byte = rest.first, byte == separator.asciiValue else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Milliseconds; 0 where there is no point, nil where no digit follows it.
    mutating func fraction() -> Int64? {
        guard skip(".") else { return 0 }
        let digits = rest.prefix(while: Self.isDigit)
        rest = rest[digits.endIndex...]
        guard !digits.isEmpty else { return nil }
        return (Array(digits.prefix(3)) + [0x30, 0x30, 0x30]).prefix(3).reduce(0) {
            $0 * 10 + Int64($1 - UInt8(ascii: "0"))
        }
    }

    /// Minutes ahead of UTC.
    mutating func offset() -> Int64? {
        if skip("Z") { return 0 }
        let isAhead = skip("+")
        guard isAhead || skip("-"), let hours = number(2), skip(":"), let minutes = number(2),
            hours < 24, minutes < 60
        else { return nil }
        return (isAhead ? 1 : -1) * (hours * 60 + minutes)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
