/// The two dates of an X.509 certificate, read without a TLS library.
package struct CertificateValidity: Sendable, Hashable {
    /// Seconds since 1970, UTC.
    package var notBefore: Int64
    package var notAfter: Int64

    package init(notBefore: Int64, notAfter: Int64) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// The dates of the first certificate in a PEM text; `nil` when there is none to be read.
    package init?(pem: [UInt8]) {
        guard let der = Self.firstCertificate(in: pem) else { return nil }
        self.init(der: der)
    }

    /// RFC 5280, section 4.1: `Certificate > TBSCertificate > validity`.
    init?(der: [UInt8]) {
        var outer = DERReader(der[...])
        guard let certificate = outer.next(tag: 0x30) else { return nil }
        var body = DERReader(certificate)
        guard let toBeSigned = body.next(tag: 0x30) else { return nil }
        var fields = DERReader(toBeSigned)
        // An optional version [0], then serial number, signature algorithm and issuer.
        _ = fields.next(tag: 0xA0)
        guard fields.next(tag: 0x02) != nil, fields.next(tag: 0x30) != nil,
            fields.next(tag: 0x30) != nil, let validity = fields.next(tag: 0x30)
        else { return nil }
        var dates = DERReader(validity)
        guard let notBefore = dates.nextTime(), let notAfter = dates.nextTime() else {
            return nil
        }
        self.init(notBefore: notBefore, notAfter: notAfter)
    }

    /// The day on which it ends, as `2027-01-31`.
    package var lastDay: String { Self.day(notAfter) }

    /// The day on which it begins.
    package var firstDay: String { Self.day(notBefore) }

    /// Howard Hinnant's `civil_from_days`: exact for the Gregorian calendar.
    private static func day(_ seconds: Int64) -> String {
        let days = Int64((Double(seconds) / 86400).rounded(.down)) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(padded(month))-\(padded(day))"
    }

    private static func firstCertificate(in pem: [UInt8]) -> [UInt8]? {
        let text = String(decoding: pem, as: UTF8.self)
        guard let begin = text.firstRange(of: "-----BEGIN CERTIFICATE-----"),
            let end = text[begin.upperBound...].firstRange(of: "-----END CERTIFICATE-----")
        else { return nil }
        return Base64.decode(text[begin.upperBound..<end.lowerBound].utf8)
    }
}

/// Walks the elements of one DER structure; anything malformed ends the walk with `nil`.
struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The content of the next element when it has this tag; otherwise nothing is consumed.
    mutating func next(tag: UInt8) -> ArraySlice<UInt8>? {
        guard rest.first == tag, rest.count >= 2 else { return nil }
        var index = rest.startIndex + 1
        var length = Int(rest[index])
        index += 1
        if length >= 0x80 {
            let count = length & 0x7F
            // Four bytes of length are more than any certificate that fits in a request.
            guard (1...4).contains(count), rest.endIndex - index >= count else { return nil }
            length = rest[index..<(index + count)].reduce(0) { $0 << 8 | Int($1) }
            index += count
        }
        guard rest.endIndex - index >= length else { return nil }
        let content = rest[index..<(index + length)]
        rest = rest[(index + length)...]
        return content
    }

    /// A `UTCTime` or `GeneralizedTime` (RFC 5280, section 4.1.2.5) as seconds since 1970.
    mutating func nextTime() -> Int64? {
        if let short = next(tag: 0x17) { return Self.seconds(short, yearDigits: 2) }
        if let long = next(tag: 0x18) { return Self.seconds(long, yearDigits: 4) }
        return nil
    }

    private static func seconds(_ text: ArraySlice<UInt8>, yearDigits: Int) -> Int64? {
        guard text.count == yearDigits + 11, text.last == UInt8(ascii: "Z"),
            text.dropLast().allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        var digits = text.map { Int64($0) - 0x30 }[...]
        func take(_ count: Int) -> Int64 {
            defer { digits = digits.dropFirst(count) }
            return digits.prefix(count).reduce(0) { $0 * 10 + $1 }
        }
        var year = take(yearDigits)
        if yearDigits == 2 { year += year >= 50 ? 1900 : 2000 }
        let month = take(2)
        let day = take(2)
        let clock = (take(2) * 60 + take(2)) * 60 + take(2)
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        return daysSince1970(year: year, month: month, day: day) * 86400 + clock
    }

    /// Howard Hinnant's `days_from_civil`: exact for the Gregorian calendar.
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }
}
