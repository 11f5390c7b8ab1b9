/// A key whose value must not be shown.
struct SecretKey {
    /// The byte at which it starts.
    let start: Int
    /// `Authorization: Bearer …`, whose value may stand inside a quoted argument of curl.
    let isHeader: Bool

    private static let header = "authorization"

    /// Endings of sensitive keys, in lower case without `_`, `-` and `.`.
    ///
    /// The keys of Thanos' object storage clients (docs/storage.md), of Prometheus' HTTP client
    /// configuration and of presigned S3 URLs.
    private static let endings = [
        "password", "passwd", "passphrase", "token", "apikey", "secretkey", "secretaccesskey",
        "accesskey", "accesskeyid", "accesskeysecret", "secretid", "clientsecret",
        "credentialsecret", "credential", "credentials", "privatekey", "encryptionkey",
        "accountkey", "connectionstring", "signature", header,
    ].map { Array($0.utf8) }
    private static let longestWord = 64

    /// The key that ends before a `:` or `=`, quoted or not; nil when it is harmless.
    init?(before separator: Int, in bytes: [UInt8]) {
        var end = separator
        while end > 0, SecretScanner.isBlank(bytes[end - 1]), separator - end < 8 { end -= 1 }
        while end > 0, "\"'\\".utf8.contains(bytes[end - 1]) { end -= 1 }
        var start = end
        while start > 0, end - start < Self.longestWord, Self.isWord(bytes[start - 1]) {
            start -= 1
        }
        let word = bytes[start..<end]
        guard let ending = Self.endings.first(where: { Self.ends(word, in: $0) }) else {
            return nil
        }
        isHeader = ending.elementsEqual(Self.header.utf8)
        self.start = start
    }

    /// Compares from the end and makes no string: this runs at every colon of a text.
    private static func ends(_ word: ArraySlice<UInt8>, in ending: [UInt8]) -> Bool {
        var missing = ending.count
        for byte in word.reversed() {
            if missing == 0 { return true }
            if isSeparator(byte) { continue }
            // Bit 5 makes an ASCII letter lower case.
            guard byte | 0x20 == ending[missing - 1] else { return false }
            missing -= 1
        }
        return missing == 0
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        case _: false
        }
    }
}
