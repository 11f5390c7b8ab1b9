/// Columns padded to their widest cell, as kubectl prints them.
struct TextTable {
    let text: String

    init(_ header: [String], _ rows: [[String]]) {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        text =
            all.map { row in
                let cells = row.enumerated().map { index, cell in
                    index == row.count - 1
                        ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
                }
                return cells.joined(separator: "   ")
            }.joined(separator: "\n") + "\n"
    }
}
