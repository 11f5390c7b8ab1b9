/// The labels of one series as the bytes that remote write sends for them.
///
/// `wire` is field 1 of `prometheus.TimeSeries`, once a label, each its name (1) and value (2): the
/// only form in which labels are kept, so that what came from the wire is compared, stored and
/// forwarded without being taken apart. Names and values are bytes, valid UTF-8 or not.
package struct LabelSet: Hashable, Sendable {
    /// Canonical: lengths in their shortest form, neither name nor value left out, nothing between.
    package let wire: [UInt8]

    package static let empty = LabelSet(canonicalWire: [])

    /// Takes bytes over as they are; the caller knows that they are canonical.
    package init(canonicalWire wire: [UInt8]) {
        self.wire = wire
    }

    /// Sorts the labels by name.
    package init(_ labels: [SeriesLabel]) {
        self.init(
            bytes: labels.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
                .map { (Array($0.name.utf8), Array($0.value.utf8)) })
    }

    /// Keeps the order given.
    package init(bytes labels: [(name: [UInt8], value: [UInt8])]) {
        var wire: [UInt8] = []
        for label in labels {
            Self.append(name: label.name, value: label.value, to: &wire)
        }
        self.wire = wire
    }

    /// Appends one label in canonical form.
    package static func append(
        name: some Collection<UInt8>, value: some Collection<UInt8>, to wire: inout [UInt8]
    ) {
        let size =
            2 + varintSize(name.count) + name.count + varintSize(value.count) + value.count
        wire.append(0x0A)
        appendVarint(size, to: &wire)
        wire.append(0x0A)
        appendVarint(name.count, to: &wire)
        wire.append(contentsOf: name)
        wire.append(0x12)
        appendVarint(value.count, to: &wire)
        wire.append(contentsOf: value)
    }

    private static func varintSize(_ value: Int) -> Int {
        var size = 1
        var rest = value >> 7
        while rest > 0 {
            size += 1
            rest >>= 7
        }
        return size
    }

    private static func appendVarint(_ value: Int, to wire: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            wire.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        wire.append(UInt8(rest))
    }
}

extension LabelSet: Sequence {
    /// A name and its value, as slices of `wire`.
    package struct Label: Sendable {
        package let name: ArraySlice<UInt8>
        package let value: ArraySlice<UInt8>
    }

    /// Walks the canonical bytes; anything that is not canonical ends the walk.
    package struct Iterator: IteratorProtocol {
        private let wire: [UInt8]
        private var position = 0

        init(_ wire: [UInt8]) {
            self.wire = wire
        }

        package mutating func next() -> Label? {
            guard take(0x0A), length() != nil, take(0x0A), let name = bytes(), take(0x12),
                let value = bytes()
            else { return nil }
            return Label(name: name, value: value)
        }

        private mutating func take(_ tag: UInt8) -> Bool {
            guard position < wire.count, wire[position] == tag else { return false }
            position += 1
            return true
        }

        private mutating func length() -> Int? {
            var value = 0
            var shift = 0
            while position < wire.count, shift < 35 {
                let byte = wire[position]
                position += 1
                value |= Int(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
            return nil
        }

        private mutating func bytes() -> ArraySlice<UInt8>? {
            guard let length = length(), length <= wire.count - position else { return nil }
            defer { position += length }
            return wire[position..<position + length]
        }
    }

    package func makeIterator() -> Iterator { Iterator(wire) }
}

extension LabelSet {
    /// The value under a name; nil when there is none.
    package func value(of name: some Collection<UInt8>) -> ArraySlice<UInt8>? {
        first { $0.name.elementsEqual(name) }?.value
    }

    /// The value as text, with invalid UTF-8 repaired; empty when there is none, as PromQL has it.
    package subscript(_ name: String) -> String {
        value(of: name.utf8).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The labels without the one of this name.
    package func removing(_ name: String) -> LabelSet {
        var wire: [UInt8] = []
        for label in self where !label.name.elementsEqual(name.utf8) {
            Self.append(name: label.name, value: label.value, to: &wire)
        }
        return LabelSet(canonicalWire: wire)
    }

    /// All labels as text, with invalid UTF-8 repaired.
    package var texts: [SeriesLabel] {
        map {
            SeriesLabel(
                String(decoding: $0.name, as: UTF8.self),
                String(decoding: $0.value, as: UTF8.self))
        }
    }
}

extension LabelSet: Comparable {
    /// Pair by pair, name before value, bytes against bytes; the shorter set first
    /// (`Compare` in Prometheus' model/labels).
    package static func < (left: LabelSet, right: LabelSet) -> Bool {
        var lefts = left.makeIterator()
        var rights = right.makeIterator()
        while let ours = lefts.next() {
            guard let theirs = rights.next() else { return false }
            if ours.name != theirs.name { return ours.name.lexicographicallyPrecedes(theirs.name) }
            if ours.value != theirs.value {
                return ours.value.lexicographicallyPrecedes(theirs.value)
            }
        }
        return rights.next() != nil
    }
}
