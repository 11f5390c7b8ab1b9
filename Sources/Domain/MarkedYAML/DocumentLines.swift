/// Finds the lines that begin a document: `---` at the margin, then a blank or nothing.
///
/// No scalar can hold such a line (YAML 1.1 section 9.1), so they divide even a broken stream.
enum DocumentLines {
    /// The first such line that begins after `offset`.
    static func next(after offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = offset
        while index < bytes.count {
            guard let lineBreak = bytes[index...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D })
            else { return nil }
            index = lineBreak + 1
            if begins(at: index, in: bytes) { return index }
        }
        return nil
    }

    /// The last such line that begins at or before `offset`, not looking before `floor`.
    static func last(
        upTo offset: Int, floor: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var index = offset
        while index > floor {
            let isLineStart = bytes[index - 1] == 0x0A || bytes[index - 1] == 0x0D
            if isLineStart, begins(at: index, in: bytes) { return index }
            index -= 1
        }
        return floor
    }

    private static func begins(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard index + 3 <= bytes.count else { return false }
        let dash = UInt8(ascii: "-")
        guard bytes[index] == dash, bytes[index + 1] == dash, bytes[index + 2] == dash else {
            return false
        }
        guard index + 3 < bytes.count else { return true }
        return [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index + 3])
    }
}
