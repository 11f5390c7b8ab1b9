/// All evidence of a run: what can be known, where it came from, what is missing and why.
package struct Snapshot: Sendable {
    package let views: [ClusterView]
    /// What could not be read at all: files that did not parse, a cluster that did not answer.
    package let gaps: [Gap]
    /// The start of the run, in seconds since 1970; ages are measured from it.
    package let now: Double
    /// What plug-ins printed about the views.
    package var answers: [PluginCall: Reading<PluginAnswer>] = [:]

    /// The repositories that the given manifests lie in.
    package let checkouts: [Checkout]

    package init(
        views: [ClusterView], gaps: [Gap] = [], checkouts: [Checkout] = [], now: Double
    ) {
        self.views = views
        self.gaps = gaps
        self.checkouts = checkouts
        self.now = now
    }

    package func view(_ source: (ClusterView.Source) -> Bool) -> ClusterView? {
        views.first { source($0.source) }
    }
}
