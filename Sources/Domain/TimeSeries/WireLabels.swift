/// Walks canonical labels on the wire; anything else ends the walk.
package struct WireLabels {
    private let wire: UnsafeRawBufferPointer
    private var position = 0

    package init(_ wire: UnsafeRawBufferPointer) {
        self.wire = wire
    }

    /// Where the next name and value stand.
    @inline(__always)
    package mutating func next() -> (name: Range<Int>, value: Range<Int>)? {
        guard take(0x0A), length() != nil, take(0x0A), let name = text(), take(0x12),
            let value = text()
        else { return nil }
        return (name, value)
    }

    @inline(__always)
    private mutating func take(_ tag: UInt8) -> Bool {
        guard position < wire.count, wire[position] == tag else { return false }
        position += 1
        return true
    }

    @inline(__always)
    private mutating func text() -> Range<Int>? {
        guard let length = length(), length <= wire.count - position else { return nil }
        defer { position += length }
        return position..<position + length
    }

    @inline(__always)
    private mutating func length() -> Int? {
        guard position < wire.count else { return nil }
        let byte = wire[position]
        guard byte >= 0x80 else {
            position += 1
            return Int(byte)
        }
        return longLength()
    }

    /// A length of two bytes and more, up to 35 bits.
    private mutating func longLength() -> Int? {
        var length = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            guard position < wire.count else { return nil }
            let byte = wire[position]
            position += 1
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return length }
        }
        return nil
    }
}
