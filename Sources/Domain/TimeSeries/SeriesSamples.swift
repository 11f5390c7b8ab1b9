/// A series and the samples that belong to it.
package struct SeriesSamples: Hashable, Sendable {
    /// In the order in which they were sent; a well-made series has them sorted by name.
    package var labels: [SeriesLabel]
    package var samples: [Sample]

    package init(labels: [SeriesLabel], samples: [Sample]) {
        self.labels = labels
        self.samples = samples
    }
}
