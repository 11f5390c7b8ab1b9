package import Evidence

/// What one gatherer brought home.
package struct Gathered: Sendable {
    package var views: [ClusterView]
    package var gaps: [Gap]

    package init(views: [ClusterView] = [], gaps: [Gap] = []) {
        self.views = views
        self.gaps = gaps
    }

    package static func + (left: Gathered, right: Gathered) -> Gathered {
        Gathered(views: left.views + right.views, gaps: left.gaps + right.gaps)
    }
}
