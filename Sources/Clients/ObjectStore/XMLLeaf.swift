/// An element of an XML document that holds text and no other element.
struct XMLLeaf: Sendable, Hashable {
    /// The name of the element around it; empty for the outermost.
    var parent: String
    var name: String
    var text: String

    /// The leaves of one of S3's answers in order; `nil` when the bytes are no such document.
    ///
    /// Reads what S3 servers write: elements, the predefined and the numeric entities, CDATA.
    /// Attributes, comments and declarations are skipped.
    static func leaves(of document: [UInt8]) -> [XMLLeaf]? {
        var scanner = XMLScanner(document)
        return scanner.leaves()
    }
}

extension Sequence<XMLLeaf> {
    func texts(of name: String, in parent: String) -> [String] {
        filter { $0.name == name && $0.parent == parent }.map(\.text)
    }

    func text(of name: String) -> String? { first { $0.name == name }?.text }
}

/// Walks the markup of a document from left to right.
private struct XMLScanner {
    /// S3 nests three deep; nobody who nests deeper is a bucket.
    private static let maxDepth = 16

    private var rest: ArraySlice<UInt8>
    private var path: [String] = []
    private var text: [UInt8] = []
    private var found: [XMLLeaf] = []
    /// Nothing but text stood between the last opening tag and here.
    private var isLeaf = false

    init(_ document: [UInt8]) { rest = document[...] }

    mutating func leaves() -> [XMLLeaf]? {
        var hasRoot = false
        while let byte = rest.first {
            if byte == UInt8(ascii: "<") {
                guard readMarkup() else { return nil }
                hasRoot = hasRoot || !path.isEmpty || !found.isEmpty
            } else if !readText() {
                return nil
            }
        }
        return path.isEmpty && hasRoot ? found : nil
    }

    private mutating func readText() -> Bool {
        let run = rest.prefix { $0 != UInt8(ascii: "<") }
        rest = rest[run.endIndex...]
        guard !path.isEmpty else {
            return run.allSatisfy { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        }
        guard let decoded = XMLEntity.decode(run) else { return false }
        text += decoded
        return true
    }

    private mutating func readMarkup() -> Bool {
        if skip(from: "<?", to: "?>") || skip(from: "<!--", to: "-->") { return true }
        if rest.starts(with: "<![CDATA[".utf8) {
            guard let content = take(from: "<![CDATA[", to: "]]>") else { return false }
            text += content
            return true
        }
        // A document type could define entities; no bucket sends one.
        guard !rest.starts(with: "<!".utf8), let tag = take(from: "<", to: ">") else {
            return false
        }
        return tag.first == UInt8(ascii: "/") ? close(tag.dropFirst()) : open(tag)
    }

    private mutating func open(_ tag: ArraySlice<UInt8>) -> Bool {
        let isEmpty = tag.last == UInt8(ascii: "/")
        let name = Self.name(isEmpty ? tag.dropLast() : tag)
        guard !name.isEmpty, path.count < Self.maxDepth else { return false }
        path.append(name)
        text = []
        isLeaf = true
        return isEmpty ? close(ArraySlice(name.utf8)) : true
    }

    private mutating func close(_ tag: ArraySlice<UInt8>) -> Bool {
        guard let name = path.popLast(), name == Self.name(tag) else { return false }
        if isLeaf {
            let text = String(decoding: text, as: UTF8.self)
            found.append(XMLLeaf(parent: path.last ?? "", name: name, text: text))
        }
        isLeaf = false
        return true
    }

    /// Without attributes and without the prefix of a name space.
    private static func name(_ tag: ArraySlice<UInt8>) -> String {
        let name = tag.prefix { $0 > 0x20 }
        return String(decoding: name.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self)
    }

    private mutating func skip(from start: String, to end: String) -> Bool {
        rest.starts(with: start.utf8) && take(from: start, to: end) != nil
    }

    /// What stands between two marks, the first of which is here.
    private mutating func take(from start: String, to end: String) -> ArraySlice<UInt8>? {
        let content = rest.dropFirst(start.utf8.count)
        guard let range = content.firstRange(of: Array(end.utf8)) else { return nil }
        rest = rest[range.upperBound...]
        return content[..<range.lowerBound]
    }
}

/// The references of XML 1.0, section 4.6, and characters by their number.
private enum XMLEntity {
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var rest = text
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            guard let end = rest[ampersand...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let character = character(rest[rest.index(after: ampersand)..<end])
            else { return nil }
            decoded += rest[..<ampersand]
            decoded += Array(String(character).utf8)
            rest = rest[rest.index(after: end)...]
        }
        return decoded + rest
    }

    private static func character(_ reference: ArraySlice<UInt8>) -> Character? {
        let name = String(decoding: reference, as: UTF8.self)
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let isHexadecimal = name.hasPrefix("#x")
            let digits = name.dropFirst(isHexadecimal ? 2 : 1)
            return UInt32(digits, radix: isHexadecimal ? 16 : 10).flatMap(Unicode.Scalar.init)
                .map(Character.init)
        }
    }
}
