/// Walks the labels of one series without copying them.
package struct LabelCursor {
    /// A label's two strings as the bytes that were sent, valid UTF-8 or not.
    package struct Label {
        package let name: UnsafeRawBufferPointer
        package let value: UnsafeRawBufferPointer
    }

    private var cursor: WireCursor

    init(_ cursor: WireCursor) {
        self.cursor = cursor
    }

    /// The next label; nil behind the last.
    package mutating func next() -> Label? {
        while !cursor.isAtEnd, let tag = try? cursor.tag(in: .timeSeries) {
            if tag.field == 1, let range = try? cursor.delimited() {
                return Self.label(cursor.bytes, in: range)
            }
            if (try? cursor.skip(tag.wireType)) == nil { return nil }
        }
        return nil
    }

    private static func label(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) -> Label {
        var name = range.lowerBound..<range.lowerBound
        var value = name
        var cursor = WireCursor(bytes, in: range)
        walk: while !cursor.isAtEnd, let tag = try? cursor.tag(in: .label) {
            switch tag.field {
            case 1: name = (try? cursor.delimited()) ?? name
            case 2: value = (try? cursor.delimited()) ?? value
            default: if (try? cursor.skip(tag.wireType)) == nil { break walk }
            }
        }
        return Label(
            name: UnsafeRawBufferPointer(rebasing: bytes[name]),
            value: UnsafeRawBufferPointer(rebasing: bytes[value]))
    }
}
