import Evidence

extension ClusterView {
    /// The source of evidence that is read from objects.
    var objectSource: String { isCluster ? "cluster" : "manifest" }
}
