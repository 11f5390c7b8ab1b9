package import Evidence

/// What one gatherer brought home.
package struct Gathered: Sendable {
    package var views: [ClusterView]
    package var gaps: [Gap]
    /// Whose metrics were not read; until it is settled, a Prometheus may still know them.
    var unscraped: [UnscrapedPod] = []

    package init(views: [ClusterView] = [], gaps: [Gap] = []) {
        self.views = views
        self.gaps = gaps
    }

    package static func + (left: Gathered, right: Gathered) -> Gathered {
        var sum = Gathered(views: left.views + right.views, gaps: left.gaps + right.gaps)
        sum.unscraped = left.unscraped + right.unscraped
        return sum
    }
}
