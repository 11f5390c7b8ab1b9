/// Which fault causes which, over all ids of the catalogue; it has no cycle.
package struct CauseGraph: Sendable {
    private var effectsByCause: [String: [String]]

    /// Reads lines of the form `cause -> effect, effect`; blank lines and `#` comments are left
    /// out.
    package init(text: String) {
        var effects: [String: [String]] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let sides = line.split(separator: ">", maxSplits: 1)
            guard sides.count == 2, sides[0].hasSuffix(" -") else { continue }
            let cause = String(sides[0].dropLast(2))
            effects[cause] = sides[1].split(separator: ",").map {
                String($0.drop { $0 == " " })
            }
        }
        effectsByCause = effects
    }

    /// One more link; whether it closes a cycle is for the caller to ask.
    package mutating func add(cause: String, effect: String) {
        guard !effects(of: cause).contains(effect) else { return }
        effectsByCause[cause, default: []].append(effect)
    }

    package func effects(of cause: String) -> [String] { effectsByCause[cause] ?? [] }

    package func causes(of effect: String) -> [String] {
        effectsByCause.filter { $0.value.contains(effect) }.map(\.key).sorted()
    }

    /// Every cause of an effect, near ones first, and by name among equally near ones.
    package func nearestCauses(of effect: String) -> [String] {
        var found: [String] = []
        var frontier = [effect]
        while !frontier.isEmpty {
            let next = Set(frontier.flatMap(causes)).subtracting(found + [effect])
            frontier = next.sorted()
            found += frontier
        }
        return found
    }

    package var ids: Set<String> {
        Set(effectsByCause.keys).union(effectsByCause.values.joined())
    }

    /// A cycle, if there is one: the graph must not have any.
    package var cycle: [String]? {
        var finished: Set<String> = []
        for start in effectsByCause.keys.sorted() {
            if let cycle = cycle(from: start, path: [], finished: &finished) { return cycle }
        }
        return nil
    }

    private func cycle(
        from id: String, path: [String], finished: inout Set<String>
    ) -> [String]? {
        if path.contains(id) { return path + [id] }
        guard !finished.contains(id) else { return nil }
        for effect in effects(of: id) {
            if let cycle = cycle(from: effect, path: path + [id], finished: &finished) {
                return cycle
            }
        }
        finished.insert(id)
        return nil
    }
}
