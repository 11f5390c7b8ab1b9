/// One logfmt line, as Thanos and Prometheus print them.
///
/// Quoted values are unescaped; a value whose closing quote is missing (a copy cut at a line
/// break) reaches to the end of the line. Keys may repeat: the last one counts.
package struct LogfmtLine: Sendable {
    private let fields: [(key: String, value: String)]

    package init(_ line: String) {
        var fields: [(String, String)] = []
        var rest = line.utf8[...]
        while !rest.isEmpty {
            rest = rest.drop { $0 == UInt8(ascii: " ") }
            let keyBytes = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: " ") }
            rest = rest.dropFirst(keyBytes.count)
            guard let key = String(keyBytes), !key.isEmpty else { break }
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst()
            fields.append((key, Self.value(&rest)))
        }
        self.fields = fields
    }

    package subscript(key: String) -> String? { fields.last { $0.key == key }?.value }

    private static func value(_ rest: inout Substring.UTF8View.SubSequence) -> String {
        guard rest.first == UInt8(ascii: "\"") else {
            let bare = rest.prefix { $0 != UInt8(ascii: " ") }
            rest = rest.dropFirst(bare.count)
            return String(bare) ?? ""
        }
        rest = rest.dropFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { break }
            guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch escaped {
            case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
            case _: bytes.append(escaped)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
