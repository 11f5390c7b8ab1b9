/// The documents of a text, and what was wrong with those that are missing.
package struct YAMLStream: Sendable {
    package let documents: [Node]
    package let errors: [YAMLError]

    package init(documents: [Node], errors: [YAMLError]) {
        self.documents = documents
        self.errors = errors
    }
}

/// Reads YAML: a broken document is an error, the others are still delivered.
package enum YAMLReader {
    package static func stream(
        _ source: SourceText, limits: ReadingLimits = .standard
    ) -> YAMLStream {
        stream(source, origin: nil, limits: limits)
    }

    static func stream(_ source: SourceText, origin: Origin?, limits: ReadingLimits) -> YAMLStream {
        if let refusal = limits.refusal(of: source) {
            return YAMLStream(documents: [], errors: [refusal])
        }
        return source.bytes.withUnsafeBufferPointer { bytes in
            var composer = YAMLComposer(
                bytes, places: TreePlaces(source: source, origin: origin), limits: limits)
            if let error = utf16Error(bytes, composer.places) {
                return YAMLStream(documents: [], errors: [error])
            }
            read(bytes, into: &composer)
            return composer.finish()
        }
    }

    /// Reads the stretches between the documents that hold forbidden bytes.
    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, into composer: inout YAMLComposer
    ) {
        var screen = ByteScreen(bytes)
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while let fault = screen.fault(from: start) {
            let broken = DocumentLines.last(upTo: fault.offset, floor: start, in: bytes)
            composer.read(start..<broken, isASCII: screen.isASCII)
            let message = YAMLProblem.message(for: fault.kind, byte: bytes[fault.offset])
            let place = fault.offset..<(fault.offset + fault.length)
            composer.refuseDocument(message, at: place)
            guard !composer.isExhausted,
                let next = DocumentLines.next(after: fault.offset, in: bytes)
            else { return }
            start = next
        }
        composer.read(start..<bytes.count, isASCII: screen.isASCII)
    }

    private static func utf16Error(
        _ bytes: UnsafeBufferPointer<UInt8>, _ places: TreePlaces
    ) -> YAMLError? {
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) else {
            return nil
        }
        return YAMLError(
            .encoding, "the text is UTF-16 or UTF-32; save it as UTF-8", at: places.range(of: 0..<2)
        )
    }
}

/// Says where bytes of a text that is being read stand in the outermost text.
struct TreePlaces {
    let source: SourceText
    let origin: Origin?

    func range(of bytes: Range<Int>) -> SourceRange {
        origin?.range(of: bytes) ?? SourceRange(source: source, bytes: bytes)
    }
}
