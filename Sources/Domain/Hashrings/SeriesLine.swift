import MarkedYAML
package import TimeSeries

/// A series as `{"labels": {"name": "value"}}`, one a line.
package struct SeriesLine: Sendable {
    /// What is wrong with a line, in words.
    package struct Failure: Error {
        package let message: String
    }

    package let labels: LabelSet

    /// Reads one line without its end; labels are sorted by name, as agents send them.
    package init(_ bytes: [UInt8]) throws(Failure) {
        let document: Node
        do throws(YAMLError) {
            document = try JSONReader.document(SourceText(name: "line", bytes: bytes))
        } catch {
            throw Failure(message: GoJSONSyntax.error(in: bytes) ?? error.message)
        }
        guard document.jsonType == .object, let labels = document["labels"],
            labels.jsonType == .object
        else {
            throw Failure(message: #"a line is an object with "labels", itself an object"#)
        }
        var values: [String: String] = [:]
        for (key, value) in labels.entries {
            let name = key.scalarText ?? ""
            guard value.jsonType == .string, let text = value.scalarText else {
                throw Failure(message: "the value of label \(name) is no string")
            }
            values[name] = text
        }
        self.labels = LabelSet(values.map { SeriesLabel($0.key, $0.value) })
    }
}
