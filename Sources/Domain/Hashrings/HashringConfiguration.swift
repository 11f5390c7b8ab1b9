package import MarkedYAML

/// The rings of `--receive.hashrings[-file]`, in the order of the file.
package struct HashringConfiguration: Sendable {
    package let rings: [HashringSpec]
    /// The whole document.
    package let range: SourceRange

    /// Decodes a document as Go's `encoding/json` would; `[]` and `null` give no rings.
    package init(parsing node: Node) throws(HashringError) {
        rings = try HashringDecoder.rings(in: node)
        range = node.range
    }

    /// The first ring that takes the tenant, or nil when none does.
    package func ring(forTenant tenant: String) throws(HashringError) -> HashringSpec? {
        for ring in rings where try ring.takes(tenant: tenant) {
            return ring
        }
        return nil
    }

    /// Refuses a file without rings; inline configuration may be empty.
    package func requireRings() throws(HashringError) {
        guard rings.isEmpty else { return }
        throw HashringError(code: .empty, message: "configuration file is empty", range: range)
    }
}

/// How a ring spreads series over its nodes.
package enum HashringAlgorithm: String, Hashable, Sendable {
    case hashmod
    case ketama
}

extension HashringConfiguration {
    /// Reads the text of a file or flag, with Go's messages for what is no JSON.
    package init(json source: SourceText) throws(HashringError) {
        let node: Node
        do throws(YAMLError) {
            node = try JSONReader.document(source)
        } catch {
            throw HashringError(
                code: .notParsable,
                message: GoJSONSyntax.error(in: source.bytes) ?? error.message,
                range: error.range)
        }
        try self.init(parsing: node)
    }
}
