/// Reads a manifest, whichever of the two languages it is written in.
package enum MarkedReader {
    /// JSON when the text begins like it, otherwise YAML, which also allows braces.
    ///
    /// A file that is named `.json` is held to its name: what is wrong with it as JSON is final.
    package static func stream(
        _ source: SourceText, limits: ReadingLimits = .standard
    ) -> YAMLStream {
        guard beginsLikeJSON(source.bytes) || isNamedJSON(source) else {
            return YAMLReader.stream(source, limits: limits)
        }
        do throws(YAMLError) {
            let root = try JSONReader.document(source, limits: limits)
            return YAMLStream(documents: [root], errors: [])
        } catch {
            guard isNamedJSON(source) else { return YAMLReader.stream(source, limits: limits) }
            return YAMLStream(documents: [], errors: [error])
        }
    }

    private static func isNamedJSON(_ source: SourceText) -> Bool {
        source.name.lowercased().hasSuffix(".json")
    }

    private static func beginsLikeJSON(_ bytes: [UInt8]) -> Bool {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let first = text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }
}
