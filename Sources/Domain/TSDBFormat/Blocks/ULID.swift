/// The name of a block: when it was made, and 80 random bits; sorts by time
/// (github.com/ulid/spec).
package struct ULID: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// Takes the low 48 bits of the milliseconds since 1970, and 80 random bits.
    package init(milliseconds: UInt64, random: (UInt16, UInt64)) {
        high = milliseconds << 16 | UInt64(random.0)
        low = random.1
    }

    /// Milliseconds since 1970.
    package var milliseconds: UInt64 { high >> 16 }
}

extension ULID: CustomStringConvertible, LosslessStringConvertible {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let length = 26

    /// Reads 26 characters of Crockford's base 32 in either case.
    package init?(_ text: String) {
        let digits = text.utf8.compactMap { character in
            let upper = (0x61...0x7A).contains(character) ? character - 0x20 : character
            return Self.alphabet.firstIndex(of: upper).map(UInt64.init)
        }
        // 26 digits are 130 bits, two more than there are.
        guard text.utf8.count == Self.length, digits.count == Self.length, digits[0] < 8 else {
            return nil
        }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for digit in digits {
            high = high << 5 | low >> 59
            low = low << 5 | digit
        }
        self.high = high
        self.low = low
    }

    package var description: String {
        var high = high
        var low = low
        var characters: [UInt8] = []
        for _ in 0..<Self.length {
            characters.append(Self.alphabet[Int(low & 31)])
            low = low >> 5 | high << 59
            high >>= 5
        }
        return String(decoding: characters.reversed(), as: UTF8.self)
    }
}

extension ULID: Comparable {
    package static func < (left: ULID, right: ULID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
