package import MarkedYAML
package import TimeSeries

/// The rules of `--receive.relabel-config[-file]`, which every series passes before it is hashed.
package struct RelabelRules: Sendable {
    /// The 16 bytes of the MD5 digest of a message, for `hashmod`.
    package typealias MD5 = @Sendable ([UInt8]) -> [UInt8]

    /// What to do with keys that no rule has.
    package enum UnknownKeys: Sendable {
        /// As Thanos does, whose decoder is not strict.
        case ignored
        /// As Prometheus does with its own configuration.
        case refused
    }

    let rules: [RelabelRule]
    let md5: MD5

    package init(
        parsing document: Node, unknownKeys: UnknownKeys = .ignored, md5: @escaping MD5
    ) throws(RelabelError) {
        rules = try RelabelDecoder.rules(in: document, unknownKeys: unknownKeys)
        self.md5 = md5
    }

    /// Reads the text of a file or flag; an empty one has no rules.
    package init(
        yaml source: SourceText, unknownKeys: UnknownKeys = .ignored, md5: @escaping MD5
    ) throws(RelabelError) {
        let stream = YAMLReader.stream(source)
        if let error = stream.errors.first {
            throw RelabelError(
                "yaml: line \(error.range.start.line): \(error.message)", at: error.range)
        }
        rules =
            try stream.documents.first.map { document throws(RelabelError) in
                try RelabelDecoder.rules(in: document, unknownKeys: unknownKeys)
            } ?? []
        self.md5 = md5
    }

    package var isEmpty: Bool { rules.isEmpty }

    /// The series with its labels as the rules leave them; nil when a rule drops it.
    package func relabel(_ labels: LabelSet) -> LabelSet? {
        guard !rules.isEmpty else { return labels }
        var draft = LabelDraft(labels)
        for rule in rules {
            guard rule.apply(to: &draft, md5: md5) else { return nil }
        }
        return draft.labels
    }
}
