import MarkedYAML

/// A configuration in Alloy's syntax, of which no more is understood than where it sends.
struct AlloyText {
    private let node: Node
    private let bytes: [UInt8]

    init(_ node: Node) {
        self.node = node
        bytes = node.withUTF8 { Array($0) } ?? []
    }

    /// The literal values of `url` in the blocks of the component `prometheus.remote_write`.
    var remoteWriteURLs: [Marked<String>] {
        var urls: [Marked<String>] = []
        var depth = 0
        // The depth of the component's own braces, while the text is inside them.
        var component: Int?
        var awaitsBrace = false
        var words: [String] = []
        var index = 0
        while let token = token(at: &index) {
            switch token {
            case .word(let word):
                words = words.suffix(1) + [word]
                if word == "prometheus.remote_write", component == nil { awaitsBrace = true }
            case .mark("{"):
                depth += 1
                if awaitsBrace { component = depth }
                awaitsBrace = false
            case .mark("}"):
                if component == depth { component = nil }
                depth -= 1
            case .mark(let mark): words = words.suffix(1) + [String(mark)]
            case .text(let range):
                guard component != nil, words == ["url", "="] else { continue }
                urls.append(
                    Marked(
                        String(decoding: bytes[range], as: UTF8.self),
                        at: node.range(ofBytes: range)))
            }
        }
        return urls
    }

    private enum Token {
        case word(String)
        case mark(Character)
        /// What stands between quotes, escapes as they are written.
        case text(Range<Int>)
    }

    private func token(at index: inout Int) -> Token? {
        skipBlanksAndComments(&index)
        guard index < bytes.count else { return nil }
        let start = index
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
            while index < bytes.count, bytes[index] != byte {
                index += bytes[index] == UInt8(ascii: "\\") && byte == UInt8(ascii: "\"") ? 2 : 1
            }
            let end = min(index, bytes.count)
            index = end + 1
            return .text(start + 1..<end)
        }
        guard Self.belongsToWord(byte) else { return .mark(Character(Unicode.Scalar(byte))) }
        while index < bytes.count, Self.belongsToWord(bytes[index]) { index += 1 }
        return .word(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private func skipBlanksAndComments(_ index: inout Int) {
        while index < bytes.count {
            if bytes[index...].starts(with: "//".utf8) {
                while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
            } else if bytes[index...].starts(with: "/*".utf8) {
                index += 2
                while index < bytes.count, !bytes[index...].starts(with: "*/".utf8) { index += 1 }
                index = min(index + 2, bytes.count)
            } else if [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) {
                index += 1
            } else {
                return
            }
        }
    }

    private static func belongsToWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
