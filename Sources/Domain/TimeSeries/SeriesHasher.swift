/// Computes the hash by which both algorithms of a hashring place the series of one tenant
/// (`HashWithPrefix` in pkg/store/labelpb): every text is followed by 0xFF.
package struct SeriesHasher: Sendable {
    private static let separator: UInt8 = 0xFF

    /// The tenant, with which every series begins.
    private let prefix: [UInt8]

    package init(tenant: String) {
        prefix = Array(tenant.utf8) + [Self.separator]
    }

    /// The hash of a series; labels count in the order given.
    ///
    /// Complexity: linear in the bytes; up to 1 KiB nothing is allocated.
    package func hash(_ labels: LabelSet) -> UInt64 {
        labels.wire.withUnsafeBytes { hash(canonicalWire: $0) }
    }

    /// The hash of a series whose labels are still on the wire, in the form of `LabelSet.wire`.
    ///
    /// Anything that is not canonical ends the labels.
    package func hash(canonicalWire wire: UnsafeRawBufferPointer) -> UInt64 {
        // What a label takes on the wire suffices: there it has four bytes more than here.
        let capacity = prefix.count + wire.count + HashedText.slack
        return withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 8) { buffer in
            var text = HashedText(buffer)
            prefix.withUnsafeBytes { text.append($0, 0..<$0.count) }
            var labels = WireLabels(wire)
            while let label = labels.next() {
                text.append(wire, label.name)
                text.append(Self.separator)
                text.append(wire, label.value)
                text.append(Self.separator)
            }
            return XXH64.hash(text.bytes)
        }
    }
}

extension XXH64 {
    /// The hash by which both algorithms place a series of a tenant.
    ///
    /// Labels count in the order given.
    package static func hash(tenant: String, labels: [SeriesLabel]) -> UInt64 {
        let labels = labels.map { (Array($0.name.utf8), Array($0.value.utf8)) }
        return SeriesHasher(tenant: tenant).hash(LabelSet(bytes: labels))
    }
}

/// What is hashed, put together in memory that is lent.
private struct HashedText {
    private typealias Block = SIMD32<UInt8>

    /// Bytes to be there behind the text, because it is written block by block.
    static let slack = MemoryLayout<Block>.size

    private let buffer: UnsafeMutableRawBufferPointer
    private var count = 0

    init(_ buffer: UnsafeMutableRawBufferPointer) {
        self.buffer = buffer
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[..<count]) }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        buffer.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Copies blindly in blocks that hold most names and values whole; only where a block would
    /// reach beyond the source, byte by byte.
    @inline(__always)
    mutating func append(_ source: UnsafeRawBufferPointer, _ range: Range<Int>) {
        var position = range.lowerBound
        var target = count
        count += range.count
        while position < range.upperBound {
            guard source.count - position >= Self.slack else {
                let rest = UnsafeRawBufferPointer(rebasing: source[position..<range.upperBound])
                UnsafeMutableRawBufferPointer(rebasing: buffer[target...]).copyMemory(from: rest)
                return
            }
            let block = source.loadUnaligned(fromByteOffset: position, as: Block.self)
            buffer.storeBytes(of: block, toByteOffset: target, as: Block.self)
            position += Self.slack
            target += Self.slack
        }
    }
}
