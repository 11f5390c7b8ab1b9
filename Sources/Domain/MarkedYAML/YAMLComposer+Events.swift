import CYAML

extension YAMLComposer {
    /// Takes one event in; false when the document must be given up.
    mutating func take(
        _ event: UnsafePointer<yaml_event_t>, _ cursor: inout CharacterCursor
    ) -> Bool {
        switch event.pointee.type {
        case YAML_SCALAR_EVENT:
            takeScalar(event, &cursor)
        case YAML_MAPPING_START_EVENT, YAML_SEQUENCE_START_EVENT:
            openCollection(event, &cursor)
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
            closeCollection(event, &cursor)
        case YAML_ALIAS_EVENT:
            takeAlias(event, &cursor)
        case YAML_DOCUMENT_START_EVENT:
            beginDocument(at: cursor.offset(of: Int(event.pointee.start_mark.index)))
        case YAML_DOCUMENT_END_EVENT:
            endDocument(isImplicit: event.pointee.data.document_end.implicit != 0)
        default:
            break
        }
        return isWithinLimits(event, &cursor)
    }

    private mutating func isWithinLimits(
        _ event: UnsafePointer<yaml_event_t>, _ cursor: inout CharacterCursor
    ) -> Bool {
        let height = tree.frames.last?.height ?? 0
        let excess: (YAMLError.Code, String)
        if tree.frames.count + height > limits.depth {
            excess = (.tooDeep, "collections are nested more than \(limits.depth) deep")
        } else if tree.nodes > limits.nodes || tree.records.count > limits.nodes {
            excess = (
                .tooManyNodes, "the document has more than \(limits.nodes) nodes, aliases expanded"
            )
        } else if isFlowTooMuchWork() {
            excess = (
                .tooDeep, "too many values stand more than \(Self.deepFlow) brackets deep"
            )
        } else {
            return true
        }
        let start = cursor.offset(of: Int(event.pointee.start_mark.index))
        report(excess.0, excess.1, at: start..<start)
        return false
    }

    private mutating func isFlowTooMuchWork() -> Bool {
        guard flowDepth > Self.deepFlow else { return false }
        flowWork += flowDepth
        return flowWork > Self.mostFlowWork
    }

    private mutating func takeScalar(
        _ event: UnsafePointer<yaml_event_t>, _ cursor: inout CharacterCursor
    ) {
        let scalar = event.pointee.data.scalar
        let start = cursor.offset(of: Int(event.pointee.start_mark.index))
        var end = cursor.offset(of: Int(event.pointee.end_mark.index))
        let style = ScalarStyle(scalar.style)
        switch style {
        case .literal, .folded: end = contentEnd(from: start, to: end)
        case .plain, .singleQuoted, .doubleQuoted: break
        }
        let hasProperties = scalar.anchor != nil || scalar.tag != nil
        var record = NodeRecord(
            start: start, end: end, shape: .scalar, style: style, next: tree.records.count + 1)
        let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let source = hasProperties ? nil : start
        if let place = verbatimPlace(of: text, style: style, start: source, end: end) {
            record.payload = UInt32(truncatingIfNeeded: place)
            record.traits.insert(.verbatim)
        } else {
            record.payload = UInt32(truncatingIfNeeded: tree.text.count)
            tree.text.append(contentsOf: text)
        }
        record.count = UInt32(truncatingIfNeeded: text.count)
        if hasProperties { note(tag: scalar.tag, anchor: scalar.anchor, on: &record) }
        let nodes = tree.nodes
        tree.appendLeaf(record)
        if let anchor = scalar.anchor {
            define(anchor, Int(record.next) - 1, start..<end, (tree.nodes - nodes, 0))
        }
    }

    /// Where the decoded text stands in the source just so; most scalars do, and need no copy.
    private func verbatimPlace(
        of text: UnsafeBufferPointer<UInt8>, style: ScalarStyle, start: Int?, end: Int
    ) -> Int? {
        let quote: Int
        switch style {
        case .plain: quote = 0
        case .singleQuoted, .doubleQuoted: quote = 1
        case .literal, .folded: return nil
        }
        let place = end - quote - text.count
        guard place >= quote, start.map({ $0 + quote == place }) ?? true else { return nil }
        return bytes[place..<(place + text.count)].elementsEqual(text) ? place : nil
    }

    /// libyaml ends a block scalar where the next content begins; this goes back to its own.
    private func contentEnd(from start: Int, to end: Int) -> Int {
        var end = min(end, bytes.count)
        while end > start, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[end - 1]) { end -= 1 }
        return end
    }

    private mutating func openCollection(
        _ event: UnsafePointer<yaml_event_t>, _ cursor: inout CharacterCursor
    ) {
        let isMapping = event.pointee.type == YAML_MAPPING_START_EVENT
        // The two members of libyaml's union are laid out alike but for their style.
        let mapping = event.pointee.data.mapping_start
        let sequence = event.pointee.data.sequence_start
        let isFlow =
            isMapping
            ? mapping.style == YAML_FLOW_MAPPING_STYLE
            : sequence.style == YAML_FLOW_SEQUENCE_STYLE
        let tag = isMapping ? mapping.tag : sequence.tag
        let anchor = isMapping ? mapping.anchor : sequence.anchor
        let start = cursor.offset(of: Int(event.pointee.start_mark.index))
        let end = cursor.offset(of: Int(event.pointee.end_mark.index))
        let index = tree.records.count
        var record = NodeRecord(
            start: start, end: end, shape: isMapping ? .mapping : .sequence, style: .plain,
            next: index + 1)
        if isFlow {
            record.traits.insert(.flow)
            flowDepth += 1
        }
        note(tag: tag, anchor: anchor, on: &record)
        if let anchor { define(anchor, index, start..<end, nil) }
        tree.open(record, anchor: anchor.map { String(cString: $0) })
    }

    private mutating func closeCollection(
        _ event: UnsafePointer<yaml_event_t>, _ cursor: inout CharacterCursor
    ) {
        guard let index = tree.frames.last?.index else { return }
        let isFlow = tree.records[index].traits.contains(.flow)
        let end = isFlow ? cursor.offset(of: Int(event.pointee.end_mark.index)) : nil
        if isFlow { flowDepth -= 1 }
        guard let frame = tree.close(end: end.map { UInt32(truncatingIfNeeded: $0) }) else {
            return
        }
        if tree.records[index].shape == .mapping { examineKeys(of: index) }
        guard let name = frame.anchor, anchors[name]?.index == UInt32(index) else { return }
        anchors[name]?.extent = (tree.nodes - frame.nodesBefore, frame.height + 1)
    }

    private mutating func takeAlias(
        _ event: UnsafePointer<yaml_event_t>, _ cursor: inout CharacterCursor
    ) {
        guard let pointer = event.pointee.data.alias.anchor else { return }
        let name = String(cString: pointer)
        let start = cursor.offset(of: Int(event.pointee.start_mark.index))
        let end = cursor.offset(of: Int(event.pointee.end_mark.index))
        var record = NodeRecord(
            start: start, end: end, shape: .alias, style: .plain, next: tree.records.count + 1)
        guard let anchor = anchors[name] else {
            report(
                .unknownAnchor, "no anchor \"&\(name)\" stands before this alias", at: start..<end)
            record.shape = .scalar
            tree.appendLeaf(record)
            return
        }
        guard let extent = anchor.extent else {
            report(
                .recursiveAlias, "the alias \"*\(name)\" lies inside what it names",
                at: start..<end, related: anchor.place)
            record.shape = .scalar
            tree.appendLeaf(record)
            return
        }
        record.payload = anchor.index
        tree.appendLeaf(record, height: extent.height)
        tree.nodes += extent.nodes - 1
    }

    private mutating func note(
        tag: UnsafeMutablePointer<UInt8>?, anchor: UnsafeMutablePointer<UInt8>?,
        on record: inout NodeRecord
    ) {
        if anchor != nil { record.traits.insert(.anchored) }
        guard let tag else { return }
        record.traits.insert(.tagged)
        tree.tags[record.next - 1] = String(cString: tag)
    }

    private mutating func define(
        _ name: UnsafeMutablePointer<UInt8>, _ index: Int, _ place: Range<Int>,
        _ extent: (nodes: Int, height: Int)?
    ) {
        anchors[String(cString: name)] = Anchor(
            index: UInt32(truncatingIfNeeded: index), place: place, extent: extent)
    }
}

extension ScalarStyle {
    init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: self = .literal
        case YAML_FOLDED_SCALAR_STYLE: self = .folded
        default: self = .plain
        }
    }
}

extension NodeRecord {
    init(start: Int, end: Int, shape: Shape, style: ScalarStyle, next: Int) {
        self.init(
            start: UInt32(truncatingIfNeeded: start),
            end: UInt32(truncatingIfNeeded: max(start, end)), payload: 0, count: 0,
            next: UInt32(truncatingIfNeeded: next), shape: shape, style: style, traits: [])
    }
}
