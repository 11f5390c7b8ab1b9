/// The log lines of Kubernetes: `W1122 07:42:15.781000       1 reflector.go:539] …`.
enum KlogLine {
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    /// Whether a line of level warning or above begins here.
    static func isBad(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
        guard start >= 0, bytes.count - start >= 9 else { return false }
        return isBadLevel(bytes[start])
            && (1...4).allSatisfy { digits.contains(bytes[start + $0]) }
            && bytes[start + 5] == UInt8(ascii: " ")
            && digits.contains(bytes[start + 6]) && digits.contains(bytes[start + 7])
            && bytes[start + 8] == UInt8(ascii: ":")
    }

    @inline(__always)
    static func isBadLevel(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "W") || byte == UInt8(ascii: "E") || byte == UInt8(ascii: "F")
    }
}
