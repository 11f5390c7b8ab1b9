package import MarkedYAML

extension Node {
    /// The text with its place, for scalars.
    package var markedString: Marked<String>? {
        string.map { Marked($0, at: range) }
    }

    /// The entries whose values are scalars.
    package var stringMap: [String: String] {
        var map: [String: String] = [:]
        for (key, value) in entries {
            if let key = key.string, let value = value.string { map[key] = value }
        }
        return map
    }

    /// The scalar elements of a sequence, with their places.
    package var markedStrings: [Marked<String>] { items.compactMap(\.markedString) }
}

extension Optional where Wrapped == Node {
    package var stringMap: [String: String] { self?.stringMap ?? [:] }
    package var markedStrings: [Marked<String>] { self?.markedStrings ?? [] }
    package var items: [Node] { self?.items ?? [] }
}
