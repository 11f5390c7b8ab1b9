package import KubernetesModel
package import MetricsText
package import PipelineModel

/// What a pod's `/metrics` said, once or twice.
package struct ScrapedPod: Sendable {
    package let pod: ObjectReference
    package let page: MetricsPage
    /// The same page some seconds later, where rates are wanted.
    package let later: MetricsPage?
    /// Between the two pages.
    package let seconds: Double
    package var origin = MetricsOrigin.proxy
    /// What counts instead of the two looks, where somebody remembers.
    package var history: CounterHistory?

    package init(
        pod: ObjectReference, page: MetricsPage, later: MetricsPage? = nil, seconds: Double = 0
    ) {
        self.pod = pod
        self.page = page
        self.later = later
        self.seconds = seconds
    }

    /// The newest value of a gauge or counter: the sum over the series that have these labels.
    package func sum(_ name: String, where labels: [String: String] = [:]) -> Double? {
        (later ?? page).sum(name, where: labels)
    }

    /// How fast a counter grows, a second; nil when nobody saw it twice.
    package func rate(_ name: String, where labels: [String: String] = [:]) -> Double? {
        guard let history else { return rateOfTwoLooks(name, where: labels) }
        return history.rate(name, where: labels)
    }

    /// How much one counter grows for each unit of another, over the same time; nil while the
    /// other stands still.
    package func ratio(_ name: String, to other: String) -> Double? {
        if let history { return history.ratio(name, to: other) }
        return rateOfTwoLooks(name, where: [:]).flatMap { sum in
            rateOfTwoLooks(other, where: [:]).flatMap { $0 > 0 ? sum / $0 : nil }
        }
    }

    /// A series that is only on the later page began at 0; one that fell was reset meanwhile.
    private func rateOfTwoLooks(_ name: String, where labels: [String: String]) -> Double? {
        guard let later, seconds > 0, let after = later.sum(name, where: labels) else { return nil }
        let before = page.sum(name, where: labels) ?? 0
        return (after >= before ? after - before : after) / seconds
    }
}

/// A receiver group with what its pods' `/metrics` said.
package struct MeasuredGroup: Sendable {
    package let group: ReceiverGroup
    package let pods: [ScrapedPod]
}

/// An agent with what its pods' `/metrics` said.
package struct MeasuredAgent: Sendable {
    package let agent: Agent
    package let pods: [ScrapedPod]
}
