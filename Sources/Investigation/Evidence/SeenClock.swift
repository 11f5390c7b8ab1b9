/// How far the clock of a cluster's API server is ahead of the clock here, in seconds.
package struct ClockOffset: Sendable, Hashable {
    package let ahead: Double
    package let uncertainty: Double

    package init(ahead: Double, uncertainty: Double) {
        self.ahead = ahead
        self.uncertainty = uncertainty
    }
}

/// A cluster with its clock.
package struct SeenClock: Sendable {
    package let view: ClusterView
    package let offset: ClockOffset
}

extension EvidenceKey where Value == [SeenClock] {
    /// The clocks of all clusters of the run, to be compared with one another.
    package static var clocks: EvidenceKey<[SeenClock]> {
        EvidenceKey("clocks", sources: [.clock]) { snapshot, _ in
            let clocks = snapshot.views.compactMap { view in
                view.clock.map { SeenClock(view: view, offset: $0) }
            }
            return clocks.isEmpty
                ? .missing(.notConfigured("cluster", needs: "a cluster")) : .known(clocks)
        }
    }
}
