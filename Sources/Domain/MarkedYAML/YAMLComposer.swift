import CYAML

/// Builds the tree of a stream from the events of libyaml, document by document.
struct YAMLComposer {
    /// What an anchor of the current document names.
    struct Anchor {
        let index: UInt32
        let place: Range<Int>
        /// Size and nesting of the subtree; nil while it is still open.
        var extent: (nodes: Int, height: Int)?
    }

    /// Enough for any human, and a bound for a file that is broken a million times.
    private static let mostErrors = 500
    private static let mostErrorsOfADocument = 20
    /// From this nesting of brackets on, `flowWork` is counted; no manifest comes near it.
    static let deepFlow = 16
    /// A second of libyaml's time, about.
    static let mostFlowWork = 100_000_000

    let bytes: UnsafeBufferPointer<UInt8>
    let places: TreePlaces
    let limits: ReadingLimits
    var tree = TreeBuilder()
    var anchors: [String: Anchor] = [:]
    var roots: [UInt32] = []
    var errors: [YAMLError] = []
    var document = OpenDocument()
    /// Brackets and braces that are open.
    var flowDepth = 0
    /// Events in deep brackets times their depth, over the whole stream.
    ///
    /// For each token libyaml looks at every open bracket (`yaml_parser_fetch_more_tokens`), so
    /// a small text could keep it busy for minutes.
    var flowWork = 0

    /// The document that is being read, or the one that ended last.
    struct OpenDocument {
        var start = 0
        var firstRecord = 0
        var firstText = 0
        var errors = 0
        var isOpen = false
        /// Whether nothing but another document's line may follow.
        var endedImplicitly = false
    }

    init(_ bytes: UnsafeBufferPointer<UInt8>, places: TreePlaces, limits: ReadingLimits) {
        self.bytes = bytes
        self.places = places
        self.limits = limits
        tree.records.reserveCapacity(min(bytes.count / 16, 1 << 22))
    }

    /// Whether so much was wrong that reading on would help nobody.
    var isExhausted: Bool {
        errors.count >= Self.mostErrors || tree.records.count >= limits.nodes
    }

    /// Reads a stretch of whole documents; after a broken one it goes on at the next `---`.
    mutating func read(_ stretch: Range<Int>, isASCII: Bool) {
        var start = stretch.lowerBound
        while start < stretch.upperBound, !isExhausted {
            let rest = start..<stretch.upperBound
            guard let broken = readUntilBroken(rest, isASCII: isASCII) else { return }
            let text = UnsafeBufferPointer(rebasing: bytes[..<stretch.upperBound])
            guard let next = DocumentLines.next(after: broken, in: text) else { return }
            start = next
        }
    }

    /// Records that something is wrong with the current document, which is then not delivered.
    mutating func report(
        _ code: YAMLError.Code, _ message: String, at place: Range<Int>,
        related: Range<Int>? = nil
    ) {
        document.errors += 1
        guard document.errors <= Self.mostErrorsOfADocument, errors.count < Self.mostErrors else {
            return
        }
        errors.append(
            YAMLError(
                code, message, at: places.range(of: place),
                related: related.map { places.range(of: $0) }))
    }

    /// Records that a document cannot be given to libyaml at all.
    mutating func refuseDocument(_ message: String, at place: Range<Int>) {
        document = OpenDocument()
        report(.encoding, message, at: place)
    }

    func finish() -> YAMLStream {
        let marked = MarkedTree(
            source: places.source, origin: places.origin, records: tree.records, text: tree.text,
            tags: tree.tags)
        let documents = roots.map { Node(tree: marked, index: $0) }
        let ordered = errors.sorted { $0.range.bytes.lowerBound < $1.range.bytes.lowerBound }
        return YAMLStream(documents: documents, errors: ordered)
    }

    /// Returns where the document that could not be read begins; nil when all went well.
    private mutating func readUntilBroken(_ stretch: Range<Int>, isASCII: Bool) -> Int? {
        var parser = LibYAMLParser(UnsafeBufferPointer(rebasing: bytes[stretch]))
        var cursor = CharacterCursor(bytes, start: stretch.lowerBound, isASCII: isASCII)
        document = OpenDocument()
        document.start = stretch.lowerBound
        while let event = parser.next() {
            if event.pointee.type == YAML_STREAM_END_EVENT { return nil }
            guard take(event, &cursor) else {
                endDocument(isImplicit: false)
                return document.start
            }
        }
        report(parser.problem, &cursor)
        return document.start
    }

    private mutating func report(_ problem: LibYAMLParser.Problem, _ cursor: inout CharacterCursor)
    {
        let offset = min(cursor.offset(of: problem.index), bytes.count)
        let byte = offset < bytes.count ? bytes[offset] : nil
        let end = min(offset + 1, bytes.count)
        let related = problem.context.map { _ in
            let start = min(cursor.offset(of: problem.contextIndex), bytes.count)
            return start..<start
        }
        if !document.isOpen, document.endedImplicitly, document.errors == 0 { roots.removeLast() }
        report(
            .syntax, YAMLProblem.message(for: problem, byte: byte), at: offset..<end,
            related: related == offset..<offset ? nil : related)
        if document.isOpen { endDocument(isImplicit: false) }
    }

    mutating func beginDocument(at start: Int) {
        document = OpenDocument()
        document.start = start
        document.firstRecord = tree.records.count
        document.firstText = tree.text.count
        document.isOpen = true
        tree.nodes = 0
        flowDepth = 0
        anchors.removeAll(keepingCapacity: true)
    }

    /// Delivers the document, or takes back what was built of a broken one.
    mutating func endDocument(isImplicit: Bool) {
        document.isOpen = false
        document.endedImplicitly = isImplicit
        if document.errors == 0 {
            roots.append(UInt32(truncatingIfNeeded: document.firstRecord))
            return
        }
        tree.frames.removeAll(keepingCapacity: true)
        tree.records.removeSubrange(document.firstRecord...)
        tree.text.removeSubrange(document.firstText...)
        tree.tags = tree.tags.filter { $0.key < document.firstRecord }
    }
}
