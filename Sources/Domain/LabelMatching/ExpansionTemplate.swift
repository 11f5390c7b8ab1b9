/// A text with references to groups: `$1`, `${1}`, `$name`, `${name}`; `$$` is a dollar
/// (`Expand` in Go's regexp).
package struct ExpansionTemplate: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case literal([UInt8])
        case group(Int)
        case named([UInt8])
    }

    package let text: String
    let parts: [Part]

    package init(_ text: String) {
        self.text = text
        var parts: [Part] = []
        var rest = ArraySlice(text.utf8)
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
            parts.append(.literal(Array(rest[..<dollar])))
            rest = rest[(dollar + 1)...]
            parts.append(Self.takeReference(from: &rest))
        }
        parts.append(.literal(Array(rest)))
        self.parts = parts.filter { $0 != .literal([]) }
    }

    /// Reads what follows a dollar; where that is no reference, the dollar stands for itself.
    private static func takeReference(from rest: inout ArraySlice<UInt8>) -> Part {
        let dollar = UInt8(ascii: "$")
        if rest.first == dollar {
            rest.removeFirst()
            return .literal([dollar])
        }
        var place = rest
        let isBraced = place.first == UInt8(ascii: "{")
        if isBraced { place.removeFirst() }
        let name = place.prefix(while: isWord)
        place = place[name.endIndex...]
        guard !name.isEmpty, !isBraced || place.first == UInt8(ascii: "}") else {
            return .literal([dollar])
        }
        rest = isBraced ? place.dropFirst() : place
        return reference(to: Array(name))
    }

    /// A number without leading zeros and below 10⁸ is a group, everything else is a name.
    private static func reference(to name: [UInt8]) -> Part {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let isNumber =
            name.allSatisfy(digits.contains) && name.count <= 8
            && (name.count == 1 || name[0] != digits.lowerBound)
        guard isNumber else { return .named(name) }
        return .group(name.reduce(0) { $0 * 10 + Int($1 - digits.lowerBound) })
    }

    /// Letters beyond ASCII count as far as names of groups can have them: not at all.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
