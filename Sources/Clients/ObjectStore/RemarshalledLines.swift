import MarkedYAML

/// Lines as Thanos counts them in `config`.
///
/// It writes that mapping anew, with its keys sorted, before it reads it (client.NewBucket), so its
/// complaints name lines that the user never wrote.
struct RemarshalledLines {
    private var lines: [Node: Int] = [:]

    init(_ config: Node?) {
        guard let config else { return }
        _ = place(config, at: 1)
    }

    func line(of node: Node) -> Int { lines[node] ?? 1 }

    /// Gives the first line after the node.
    private mutating func place(_ node: Node, at line: Int) -> Int {
        lines[node] = line
        switch node.kind {
        case .scalar:
            let breaks = node.scalarText?.utf8.count { $0 == UInt8(ascii: "\n") } ?? 0
            return line + 1 + breaks
        case .sequence: return node.items.reduce(line) { place($1, at: $0) }
        case .mapping:
            let entries = node.entries.sorted {
                ($0.key.scalarText ?? "") < ($1.key.scalarText ?? "")
            }
            return entries.reduce(line) { line, entry in
                lines[entry.key] = line
                let isInline = entry.value.kind == .scalar || entry.value.count == 0
                return max(line + 1, place(entry.value, at: isInline ? line : line + 1))
            }
        }
    }
}
