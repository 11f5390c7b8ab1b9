/// Cuts a stream of bytes into lines without ever holding more than a line may have.
struct BoundedLines {
    enum Line {
        /// Without its end.
        case text([UInt8])
        /// More bytes than allowed; they are gone.
        case tooLong
    }

    /// Bytes a line may have.
    static let limit = 64 << 10

    private var rest: [UInt8] = []
    private var isTooLong = false

    /// The lines that end in a piece, together with what came before it.
    mutating func append(_ piece: ArraySlice<UInt8>) -> [Line] {
        var lines: [Line] = []
        var piece = piece
        while let end = piece.firstIndex(of: UInt8(ascii: "\n")) {
            keep(piece[..<end])
            lines.append(takeLine())
            piece = piece[(end + 1)...]
        }
        keep(piece)
        return lines
    }

    /// The last line, when it had no end.
    mutating func finish() -> Line? {
        isTooLong || !rest.isEmpty ? takeLine() : nil
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        isTooLong = isTooLong || rest.count + bytes.count > Self.limit
        if isTooLong { rest = [] } else { rest += bytes }
    }

    private mutating func takeLine() -> Line {
        defer {
            rest = []
            isTooLong = false
        }
        return isTooLong ? .tooLong : .text(rest)
    }
}
