import MarkedYAML

/// One line of a log, whichever of the two formats it is written in: logfmt or JSON.
package struct LogRecord: Sendable {
    package let line: String
    private let fields: Fields

    private enum Fields: Sendable {
        case logfmt(LogfmtLine)
        case json(Node)
    }

    package init(_ line: String) {
        self.line = line
        if line.hasPrefix("{"),
            let node = try? JSONReader.document(SourceText(name: "log", text: line))
        {
            // A line that only looks like JSON is read as logfmt.
            fields = .json(node)
        } else {
            fields = .logfmt(LogfmtLine(line))
        }
    }

    package subscript(key: String) -> String? {
        switch fields {
        case .logfmt(let line): line[key]
        case .json(let node): node[key]?.string
        }
    }

    package var message: String { self["msg"] ?? line }

    /// The first line of the error: Thanos writes a stack trace behind it (`%+v` in its main.go).
    package var error: String? {
        self["err"].map { $0.split(separator: "\n").first.map(String.init) ?? $0 }
    }

    /// When it was written, in seconds since 1970.
    package var time: Double? {
        (self["ts"] ?? self["time"]).flatMap(Timestamp.seconds(rfc3339:))
    }
}

/// Reads the times of logs and of Kubernetes.
package enum Timestamp {
    /// The seconds since 1970 of `2026-11-20T11:58:01.04Z`; nil when it is no such text in UTC.
    package static func seconds(rfc3339 text: String) -> Double? {
        guard text.hasSuffix("Z"), text.utf8.count >= 20 else { return nil }
        let fields = text.dropLast().split { $0 == "-" || $0 == "T" || $0 == ":" }
        guard fields.count == 6, let seconds = Double(fields[5]), (0..<61).contains(seconds) else {
            return nil
        }
        let numbers = fields.prefix(5).compactMap { Int($0) }
        guard numbers.count == 5, (1970...9999).contains(numbers[0]),
            (1...12).contains(numbers[1]), (1...31).contains(numbers[2]),
            (0..<24).contains(numbers[3]), (0..<60).contains(numbers[4])
        else { return nil }
        let days = days(year: numbers[0], month: numbers[1], day: numbers[2])
        return Double(days * 86400 + numbers[3] * 3600 + numbers[4] * 60) + seconds
    }

    /// Days since 1970-01-01 in the Gregorian calendar, the year beginning in March so that the
    /// leap day is the last (Howard Hinnant, "chrono-compatible low-level date algorithms").
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month > 2 ? year : year - 1
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146097 + dayOfEra - 719468
    }
}
