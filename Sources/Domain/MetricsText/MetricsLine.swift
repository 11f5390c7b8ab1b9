/// One line of the text format: `name{label="value",…} value [timestamp]`.
struct MetricsLine {
    /// Nil when nobody wants this name: then the rest of the line was not looked at.
    let wanted: (name: String, point: MetricsPage.Point)?

    init?(_ bytes: ArraySlice<UInt8>, wanted names: WantedNames) {
        var scanner = Scanner(bytes)
        scanner.skipBlanks()
        guard let name = scanner.name() else { return nil }
        guard names.contain(name) else {
            wanted = nil
            return
        }
        scanner.skipBlanks()
        guard let labels = scanner.labels(), let value = scanner.value() else { return nil }
        wanted = (
            String(decoding: name, as: UTF8.self),
            MetricsPage.Point(labels: labels, value: value)
        )
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    private struct Scanner {
        let bytes: ArraySlice<UInt8>
        var position: Int

        init(_ bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            position = bytes.startIndex
        }

        var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard next == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        mutating func skipBlanks() {
            while let next, MetricsLine.isBlank(next) { position += 1 }
        }

        /// A metric's or label's name, letters, digits, `_` and `:`.
        mutating func name() -> ArraySlice<UInt8>? {
            let start = position
            while let next, Self.belongsToName(next, isFirst: position == start) { position += 1 }
            return position > start ? bytes[start..<position] : nil
        }

        private static func belongsToName(_ byte: UInt8, isFirst: Bool) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "_"), UInt8(ascii: ":"):
                true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
            default: false
            }
        }

        /// The braces, if there are any; nil when what stands in them is broken.
        mutating func labels() -> [String: String]? {
            guard take("{") else { return [:] }
            var labels: [String: String] = [:]
            while true {
                skipBlanks()
                if take("}") { return labels }
                guard let name = name() else { return nil }
                skipBlanks()
                guard take("=") else { return nil }
                skipBlanks()
                guard let value = quoted() else { return nil }
                labels[String(decoding: name, as: UTF8.self)] = value
                skipBlanks()
                guard take(",") || next == UInt8(ascii: "}") else { return nil }
            }
        }

        /// A text in quotes, in which `\\`, `\"` and `\n` are escaped.
        private mutating func quoted() -> String? {
            guard take("\"") else { return nil }
            var text: [UInt8] = []
            while let byte = next {
                position += 1
                switch byte {
                case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    guard let escaped = next else { return nil }
                    position += 1
                    text.append(escaped == UInt8(ascii: "n") ? UInt8(ascii: "\n") : escaped)
                default: text.append(byte)
                }
            }
            return nil
        }

        /// A number as Go reads it; a timestamp may follow.
        mutating func value() -> Double? {
            skipBlanks()
            let start = position
            while let next, !MetricsLine.isBlank(next) { position += 1 }
            let text = String(decoding: bytes[start..<position], as: UTF8.self)
            switch text {
            case "+Inf", "Inf": return .infinity
            case "-Inf": return -.infinity
            case "NaN": return .nan
            default: return Double(text)
            }
        }
    }
}
