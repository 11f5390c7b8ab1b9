import NIOHPACK

extension HPACKHeaders {
    private static let encoding = "grpc-encoding"
    private static let snappy = "snappy"

    /// Declares that messages are compressed as framed snappy, as Thanos calls it.
    mutating func declareSnappyEncoding() {
        replaceOrAdd(name: Self.encoding, value: Self.snappy)
    }

    /// Takes the declaration away; false when there was none.
    mutating func removeSnappyEncoding() -> Bool {
        guard first(name: Self.encoding) == Self.snappy else { return false }
        remove(name: Self.encoding)
        return true
    }
}
