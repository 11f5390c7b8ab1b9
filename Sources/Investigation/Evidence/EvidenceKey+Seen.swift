extension EvidenceKey {
    /// Asks for one source of several: nil where it is missing, whatever the reason.
    ///
    /// A source that refused is a gap: a check that then finds nothing has no answer, and one that
    /// finds something elsewhere says so.
    package static func asFarAsSeen<Wrapped: Sendable>(
        _ key: EvidenceKey<Wrapped>
    ) -> EvidenceKey<Wrapped?> where Value == Wrapped? {
        EvidenceKey<Wrapped?>(
            "\(key.name)?", resources: key.resources, sources: key.sources,
            families: key.families
        ) { snapshot, view in
            switch key.read(snapshot, view) {
            case .known(let value, gaps: let gaps): .known(value, gaps: gaps)
            case .missing(let missing): .known(nil, gaps: missing.isIgnorance ? [missing] : [])
            }
        }
    }
}
