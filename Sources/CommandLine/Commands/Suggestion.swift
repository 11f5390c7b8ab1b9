/// What the user probably meant.
enum Suggestion {
    /// `; did you mean 'x'?`, or the choices when they are few, or nothing.
    static func nearest(to typed: String, among known: [String]) -> String {
        let ranked = known.map { (distance(typed, $0), $0) }.min { $0 < $1 }
        if let (distance, name) = ranked, distance <= max(2, typed.count / 3) {
            return "; did you mean '\(name)'?"
        }
        guard known.count <= 12 else { return "" }
        return "; there is \(known.joined(separator: ", "))"
    }

    /// Levenshtein's distance. O(n·m).
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (index, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let above = row[column + 1]
                row[column + 1] = min(
                    above + 1, row[column] + 1, diagonal + (character == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
