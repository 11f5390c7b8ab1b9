package import KubernetesModel

/// What a plug-in printed about one view, before anybody has believed it.
package struct PluginAnswer: Sendable {
    package let output: [UInt8]
    /// The objects that it was shown; it has no say about others.
    package let shown: Set<ObjectReference>

    package init(output: [UInt8], shown: Set<ObjectReference>) {
        self.output = output
        self.shown = shown
    }
}

/// One check asked about one view.
package struct PluginCall: Sendable, Hashable {
    let check: String
    let view: String
    let source: ClusterView.Source

    package init(_ check: String, about view: ClusterView) {
        self.check = check
        self.view = view.name
        source = view.source
    }
}

extension Snapshot {
    /// What a plug-in said of a view, or why it said nothing.
    package func answer(of check: String, about view: ClusterView) -> Reading<PluginAnswer> {
        answers[PluginCall(check, about: view)]
            ?? .missing(.notConfigured("plug-in", needs: "the plug-in to run"))
    }
}
