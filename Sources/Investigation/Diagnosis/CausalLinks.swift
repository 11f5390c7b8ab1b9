import Evidence

/// Which finding explains which: paths of the cause graph between findings whose scopes meet.
struct CausalLinks {
    /// For each finding, by index, the findings that it explains directly.
    let effects: [[Int]]
    /// Findings that something explains.
    let explained: Set<Int>

    init(_ judged: JudgedChecks, causes graph: CauseGraph) {
        let places = Index(judged.findings)
        let statuses = Dictionary(
            judged.results.map { ($0.id, $0.status) }, uniquingKeysWith: { first, _ in first })
        var nearest = NearestCauses(count: judged.findings.count)
        for index in judged.findings.indices {
            let finding = judged.findings[index]
            var level = graph.effects(of: finding.reported.check)
            var visited: Set<String> = []
            var distance = 1
            while !level.isEmpty {
                var next: [String] = []
                for id in level where visited.insert(id).inserted {
                    let present = places.findings(of: id, meeting: finding.reach)
                    for effect in present { nearest.add(index, to: effect, at: distance) }
                    if present.isEmpty, Self.mayBeCrossed(statuses[id]) {
                        next += graph.effects(of: id)
                    }
                }
                level = next
                distance += 1
            }
        }
        effects = nearest.effects
        explained = Set(effects.joined())
    }

    /// For each finding the causes that are the fewest steps away; a cause that is only guessed
    /// at, further up and through ids nobody saw, gives way to one that is seen.
    private struct NearestCauses {
        private var causes: [(distance: Int, indices: [Int])]

        init(count: Int) { causes = Array(repeating: (.max, []), count: count) }

        mutating func add(_ cause: Int, to effect: Int, at distance: Int) {
            if distance < causes[effect].distance {
                causes[effect] = (distance, [cause])
            } else if distance == causes[effect].distance {
                causes[effect].indices.append(cause)
            }
        }

        var effects: [[Int]] {
            var effects: [[Int]] = Array(repeating: [], count: causes.count)
            for (effect, entry) in causes.enumerated() {
                for cause in entry.indices { effects[cause].append(effect) }
            }
            return effects
        }
    }

    /// Folding follows a path through ids that have no check, or whose check could not say;
    /// never through one that looked and found nothing here.
    private static func mayBeCrossed(_ status: CheckStatus?) -> Bool {
        switch status {
        case nil, .unknown?, .skipped?, .blocked?: true
        case .passed?, .failed?: false
        }
    }

    /// Everything that a finding explains, transitively, nearest first.
    func explained(by index: Int) -> [Int] {
        var seen: Set<Int> = [index]
        var result: [Int] = []
        var queue = effects[index]
        while !queue.isEmpty {
            let next = queue.removeFirst()
            guard seen.insert(next).inserted else { continue }
            result.append(next)
            queue += effects[next]
        }
        return result
    }

    /// Findings that something may explain, by check and object, so that linking does not compare
    /// all pairs.
    private struct Index {
        private struct Key: Hashable {
            let check: String
            let object: Scope.Place
        }

        private var owners: [Key: [Int]] = [:]
        private var sharers: [Key: [Int]] = [:]

        init(_ findings: [JudgedChecks.JudgedFinding]) {
            for (index, finding) in findings.enumerated() where !finding.standsAlone {
                for object in finding.reach.own {
                    owners[Key(check: finding.reported.check, object: object), default: []]
                        .append(index)
                }
                for object in finding.reach.shared {
                    sharers[Key(check: finding.reported.check, object: object), default: []]
                        .append(index)
                }
            }
        }

        func findings(of check: String, meeting reach: Scope.Reach) -> Set<Int> {
            var found: Set<Int> = []
            for object in reach.own {
                let key = Key(check: check, object: object)
                found.formUnion((owners[key] ?? []) + (sharers[key] ?? []))
            }
            for object in reach.shared {
                found.formUnion(owners[Key(check: check, object: object)] ?? [])
            }
            return found
        }
    }
}
