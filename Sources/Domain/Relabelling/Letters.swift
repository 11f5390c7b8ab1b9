/// Upper and lower case letter by letter, as Go's `strings` has it: no letter becomes two.
enum Letters {
    static func lowercased(_ text: [UInt8]) -> [UInt8] {
        mapped(text) { $0.properties.lowercaseMapping }
    }

    static func uppercased(_ text: [UInt8]) -> [UInt8] {
        mapped(text) { $0.properties.uppercaseMapping }
    }

    private static func mapped(
        _ text: [UInt8], _ mapping: (Unicode.Scalar) -> String
    ) -> [UInt8] {
        var result = String.UnicodeScalarView()
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            let mapped = mapping(scalar).unicodeScalars
            result.append(mapped.count == 1 ? mapped[mapped.startIndex] : scalar)
        }
        return Array(String(result).utf8)
    }
}
