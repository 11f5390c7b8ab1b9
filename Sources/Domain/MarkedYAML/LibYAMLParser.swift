import CYAML

/// The event parser of libyaml over bytes that stay where they are: the only file that owns C.
struct LibYAMLParser: ~Copyable {
    /// What libyaml could not read, at indices that count characters from the first byte given.
    struct Problem {
        let text: String
        let index: Int
        let context: String?
        let contextIndex: Int
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let current: UnsafeMutablePointer<yaml_event_t>

    /// `bytes` must be valid UTF-8 and must outlive the parser.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        current = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        current.initialize(to: yaml_event_t())
        // Returns 0 only without memory, and every later call then fails with a problem.
        guard yaml_parser_initialize(parser) == 1 else { return }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_event_delete(current)
        yaml_parser_delete(parser)
        current.deallocate()
        parser.deallocate()
    }

    /// The next event, valid until the next call; nil when the text is broken.
    mutating func next() -> UnsafePointer<yaml_event_t>? {
        yaml_event_delete(current)
        guard yaml_parser_parse(parser, current) == 1 else { return nil }
        return UnsafePointer(current)
    }

    var problem: Problem {
        let state = parser.pointee
        return Problem(
            text: state.problem.map { String(cString: $0) } ?? "the text cannot be read",
            index: Int(state.problem_mark.index),
            context: state.context.map { String(cString: $0) },
            contextIndex: Int(state.context_mark.index))
    }
}

/// Turns libyaml's character indices into byte offsets.
///
/// Marks come almost in order, so walking from the last one is linear over the whole text.
struct CharacterCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let start: Int
    private let isASCII: Bool
    private var character = 0
    private var byte: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, start: Int, isASCII: Bool) {
        self.bytes = bytes
        self.start = start
        self.isASCII = isASCII
        byte = start
    }

    mutating func offset(of index: Int) -> Int {
        if isASCII { return start + index }
        while character < index, byte < bytes.count {
            byte += 1
            while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
            character += 1
        }
        while character > index, byte > start {
            byte -= 1
            while byte > start, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
            character -= 1
        }
        return byte
    }
}
