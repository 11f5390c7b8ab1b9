/// How far a mistyped name is from those that exist.
package enum NameDistance {
    package static func nearestFirst(_ names: [String], to wanted: String) -> [String] {
        names.map { (name: $0, distance: distance($0.lowercased(), wanted.lowercased())) }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
            .map(\.name)
    }

    /// Near enough to ask whether it was meant: a third of the letters may differ.
    package static func isTypo(_ name: String, _ candidate: String) -> Bool {
        distance(name.lowercased(), candidate.lowercased()) <= max(2, candidate.utf8.count / 3)
    }

    /// Levenshtein's distance over the first 200 bytes, with one row of memory.
    static func distance(_ first: String, _ second: String) -> Int {
        let left = Array(first.utf8.prefix(200))
        let right = Array(second.utf8.prefix(200))
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let substituted = diagonal + (byte == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
