/// Builds the tree of a JSON text without recursion, so that no nesting can exhaust the stack.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    let places: TreePlaces
    let limits: ReadingLimits
    var index = 0
    var tree = TreeBuilder()

    init(_ bytes: UnsafeBufferPointer<UInt8>, places: TreePlaces, limits: ReadingLimits) {
        self.bytes = bytes
        self.places = places
        self.limits = limits
        tree.records.reserveCapacity(min(bytes.count / 16, 1 << 22) + 1)
    }

    mutating func parse() -> Result<TreeBuilder, YAMLError> {
        do throws(YAMLError) {
            // RFC 8259 section 8.1 lets a parser ignore a byte order mark.
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
            try refuseOtherEncodings()
            try parseValues()
            skipBlanks()
            guard index == bytes.count else {
                throw failure("the document has ended above; remove what follows")
            }
            return .success(tree)
        } catch {
            return .failure(error)
        }
    }

    private func refuseOtherEncodings() throws(YAMLError) {
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) else { return }
        throw failure("the text is UTF-16 or UTF-32; save it as UTF-8", code: .encoding)
    }

    /// One value, and while a collection is open, the next one in it.
    private mutating func parseValues() throws(YAMLError) {
        repeat {
            skipBlanks()
            try parseValue()
            while try !isAnotherValueDue() {
                if tree.frames.isEmpty { return }
            }
        } while true
    }

    private mutating func parseValue() throws(YAMLError) {
        guard index < bytes.count else { throw failure("the text ends where a value is due") }
        switch bytes[index] {
        case UInt8(ascii: "\""): try parseString()
        case UInt8(ascii: "{"): try open(.mapping)
        case UInt8(ascii: "["): try open(.sequence)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber()
        case UInt8(ascii: "t"): try parseWord("true")
        case UInt8(ascii: "f"): try parseWord("false")
        case UInt8(ascii: "n"): try parseWord("null")
        default: throw unexpected("a value")
        }
        if tree.records.count > limits.nodes {
            throw failure("the document has more than \(limits.nodes) nodes", code: .tooManyNodes)
        }
    }

    private mutating func open(_ shape: NodeRecord.Shape) throws(YAMLError) {
        guard tree.frames.count < limits.depth else {
            throw failure(
                "collections are nested more than \(limits.depth) deep", code: .tooDeep)
        }
        var record = NodeRecord(
            start: index, end: index, shape: shape, style: .plain, next: tree.records.count + 1)
        record.traits.insert(.flow)
        tree.open(record)
        index += 1
    }

    /// Goes on after a value or an opening bracket up to the next value; false when a collection
    /// was closed, or when none is open.
    private mutating func isAnotherValueDue() throws(YAMLError) -> Bool {
        skipBlanks()
        guard let frame = tree.frames.last else { return false }
        let isMapping = tree.records[frame.index].shape == .mapping
        guard index < bytes.count else {
            throw failure(
                isMapping
                    ? "an object is not closed; add \"}\"" : "an array is not closed; add \"]\"",
                related: Int(tree.records[frame.index].start))
        }
        let byte = bytes[index]
        if byte == (isMapping ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
            index += 1
            _ = tree.close(end: UInt32(truncatingIfNeeded: index))
            return false
        }
        if frame.children > 0 {
            guard byte == UInt8(ascii: ",") else {
                throw unexpected(isMapping ? "\",\" or \"}\"" : "\",\" or \"]\"")
            }
            index += 1
            skipBlanks()
        }
        if isMapping { try parseKey() }
        return true
    }

    private mutating func parseKey() throws(YAMLError) {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
            throw unexpected("a key in double quotes")
        }
        try parseString()
        skipBlanks()
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else {
            throw unexpected("\":\" after the key")
        }
        index += 1
    }

    private mutating func skipBlanks() {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            index += 1
        }
    }

    private mutating func parseWord(_ word: StaticString) throws(YAMLError) {
        let start = index
        let end = start + word.utf8CodeUnitCount
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard end <= bytes.count, bytes[start..<end].elementsEqual(expected) else {
            throw unexpected("true, false or null")
        }
        index = end
        appendVerbatim(start..<end, text: start..<end, style: .plain)
    }

    mutating func appendVerbatim(_ place: Range<Int>, text: Range<Int>, style: ScalarStyle) {
        var record = NodeRecord(
            start: place.lowerBound, end: place.upperBound, shape: .scalar, style: style,
            next: tree.records.count + 1)
        record.traits.insert(.verbatim)
        record.payload = UInt32(truncatingIfNeeded: text.lowerBound)
        record.count = UInt32(truncatingIfNeeded: text.count)
        tree.appendLeaf(record)
    }

    func unexpected(_ wanted: String) -> YAMLError {
        guard index < bytes.count else {
            return failure("the text ends where \(wanted) is due")
        }
        let byte = bytes[index]
        if byte == 0 {
            return failure("the text holds a NUL byte; save it as UTF-8", code: .encoding)
        }
        if byte == UInt8(ascii: "'") { return failure("JSON quotes with \"; expected \(wanted)") }
        return failure("expected \(wanted) here")
    }

    func failure(
        _ message: String, code: YAMLError.Code = .syntax, related: Int? = nil
    ) -> YAMLError {
        let place = index..<min(index + 1, bytes.count)
        return YAMLError(
            code, message, at: places.range(of: place.lowerBound..<max(index, place.upperBound)),
            related: related.map { places.range(of: $0..<($0 + 1)) })
    }
}
