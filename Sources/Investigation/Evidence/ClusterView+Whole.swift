extension ClusterView {
    /// Whether its objects are those of one cluster, rather than files that may be of several.
    package var isWhole: Bool {
        if case .manifests(isComplete: false) = source { false } else { true }
    }
}
