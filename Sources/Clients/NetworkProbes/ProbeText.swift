/// Foreign text made fit for a report.
enum ProbeText {
    /// At most 500 bytes, control characters and line breaks as spaces.
    static func clean(_ bytes: some Collection<UInt8>) -> String {
        let text = String(decoding: bytes.prefix(500), as: UTF8.self)
        let cleaned = String(String.UnicodeScalarView(text.unicodeScalars.map(printable)))
        return String(cleaned.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    static func clean(_ text: String) -> String { clean(text.utf8) }

    /// Control, format and private characters could steer a terminal or hide text.
    private static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator,
            .paragraphSeparator:
            " "
        default: scalar
        }
    }
}
