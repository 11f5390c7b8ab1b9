extension EvidenceKey {
    /// Asks for two sources of which one is enough.
    ///
    /// It is missing for the first one's reason when both are; the second alone is no gap.
    package static func either<First: Sendable, Second: Sendable>(
        _ first: EvidenceKey<First>, or second: EvidenceKey<Second>
    ) -> EvidenceKey<(First?, Second?)> where Value == (First?, Second?) {
        EvidenceKey<(First?, Second?)>(
            "\(first.name)|\(second.name)", resources: first.resources + second.resources,
            sources: first.sources.union(second.sources),
            families: first.families.union(second.families)
        ) { snapshot, view in
            let one = first.read(snapshot, view)
            switch (one, second.read(snapshot, view)) {
            case (.known(let value, let gaps), .known(let other, gaps: _)):
                return .known((value, other), gaps: gaps)
            case (.known(let value, let gaps), .missing): return .known((value, nil), gaps: gaps)
            case (.missing, .known(let other, let gaps)): return .known((nil, other), gaps: gaps)
            case (.missing(let missing), .missing): return .missing(missing)
            }
        }
    }
}
