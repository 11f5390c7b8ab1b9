/// A label that a receiver adds to everything it stores, as `--label name="value"` gives it.
package struct ExternalLabel: Hashable, Sendable {
    package let name: String
    package let value: String

    /// The error that Thanos builds, cause first.
    struct Refusal: Error {
        let message: String
        let wraps: [String]
    }

    /// Reads `name="value"`; the quotes are part of the syntax (`parseFlagLabels` in Thanos).
    init(parsing text: String) throws(Refusal) {
        guard let equals = text.firstIndex(of: "=") else {
            throw Refusal(message: "unrecognized label \(GoString.quoted(text))", wraps: [])
        }
        let name = text[..<equals]
        guard !name.isEmpty else {
            throw Refusal(message: "unsupported format for label \(text)", wraps: [])
        }
        guard let value = GoString.unquoted(text[text.index(after: equals)...]) else {
            throw Refusal(message: "invalid syntax", wraps: ["unquote label value"])
        }
        self.name = String(name)
        self.value = value
    }
}
