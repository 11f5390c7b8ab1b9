/// Walks the labels of one series without copying them.
package struct LabelCursor: Sendable {
    /// A label's two strings as the bytes that were sent, valid UTF-8 or not.
    package struct Label: Sendable {
        package let name: ArraySlice<UInt8>
        package let value: ArraySlice<UInt8>
    }

    private var cursor: WireCursor

    init(_ cursor: WireCursor) {
        self.cursor = cursor
    }

    /// The next label; nil behind the last.
    package mutating func next() throws(RemoteWriteError) -> Label? {
        while !cursor.isAtEnd {
            let tag = try cursor.tag(in: .timeSeries)
            if tag.field == 1 {
                return try Self.label(cursor.bytes, in: try cursor.delimited())
            }
            try cursor.skip(tag.wireType)
        }
        return nil
    }

    private static func label(
        _ bytes: [UInt8], in range: Range<Int>
    ) throws(RemoteWriteError) -> Label {
        var name = bytes[range.lowerBound..<range.lowerBound]
        var value = name
        var cursor = WireCursor(bytes, in: range)
        while !cursor.isAtEnd {
            let tag = try cursor.tag(in: .label)
            switch tag.field {
            case 1: name = bytes[try cursor.delimited()]
            case 2: value = bytes[try cursor.delimited()]
            default: try cursor.skip(tag.wireType)
            }
        }
        return Label(name: name, value: value)
    }
}
