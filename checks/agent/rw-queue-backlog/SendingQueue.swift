import Evidence
import KubernetesModel
import MetricsText
import PipelineModel

/// One queue of remote write of one pod, as its metrics show it.
struct SendingQueue {
    static let pending = "prometheus_remote_storage_samples_pending"
    static let retried = "prometheus_remote_storage_samples_retried_total"
    static let desired = "prometheus_remote_storage_shards_desired"
    static let most = "prometheus_remote_storage_shards_max"
    static let sent = "prometheus_remote_storage_queue_highest_sent_timestamp_seconds"
    /// One for all queues up to Prometheus 3.x, and one for each of them since.
    static let highest = "prometheus_remote_storage_highest_timestamp_in_seconds"
    static let highestOfQueue = "prometheus_remote_storage_queue_highest_timestamp_seconds"
    static let start = "process_start_time_seconds"

    /// Prometheus' own alert PrometheusRemoteWriteBehind begins here.
    private static let tolerated = 120.0

    let pod: ScrapedPod
    private let labels: [String: String]

    static func all(of pod: ScrapedPod) -> [SendingQueue] {
        (pod.later ?? pod.page).points(pending).map { SendingQueue(pod: pod, labels: $0.labels) }
    }

    private init(pod: ScrapedPod, labels: [String: String]) {
        self.pod = pod
        self.labels = labels
    }

    enum State: Equatable {
        /// So many seconds behind, and not catching up.
        case behind(Double)
        /// So many seconds behind, and fewer every second.
        case draining(Double)
        /// So many seconds up, trying again, and nothing was ever sent.
        case neverSent(Double)
    }

    /// Nil when it keeps up, or when the page does not tell.
    var state: State? {
        guard let lag = lag(pod.later ?? pod.page) else { return neverSent }
        // A queue whose rules drop everything stays behind for ever, and nothing waits in it.
        guard lag > Self.tolerated, pendingSamples != 0 || retriesPerSecond ?? 0 > 0 else {
            return nil
        }
        guard pod.later != nil, let before = self.lag(pod.page) else { return .behind(lag) }
        return lag < before - 1 ? .draining(lag) : .behind(lag)
    }

    private var neverSent: State? {
        let page = pod.later ?? pod.page
        guard let newest = newest(page), let start = page.sum(Self.start),
            newest - start > Self.tolerated, newest - start < 1e9, retriesPerSecond ?? 0 > 0
        else { return nil }
        return .neverSent(newest - start)
    }

    var retriesPerSecond: Double? { pod.rate(Self.retried, where: labels) }
    var pendingSamples: Double? { pod.sum(Self.pending, where: labels) }
    var endpoint: EndpointAddress? { labels["url"].flatMap(EndpointAddress.init(url:)) }

    /// The shards that it wants, when they are more than it may have.
    var missingShards: (desired: Double, most: Double)? {
        guard let desired = pod.sum(Self.desired, where: labels),
            let most = pod.sum(Self.most, where: labels), desired > most
        else { return nil }
        return (desired, most)
    }

    private func newest(_ page: MetricsPage) -> Double? {
        let newest = page.sum(Self.highestOfQueue, where: labels) ?? page.sum(Self.highest)
        return newest.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    }

    /// Seconds between the newest sample scraped and the newest sent.
    private func lag(_ page: MetricsPage) -> Double? {
        guard let newest = newest(page), let sent = page.sum(Self.sent, where: labels),
            sent.isFinite, sent > 0
        else { return nil }
        return newest - sent
    }
}

extension SendingQueue.State {
    var text: String {
        switch self {
        case .behind(let lag): "the agent is \(spoken(seconds: lag)) behind and does not catch up"
        case .draining(let lag): "the agent is \(spoken(seconds: lag)) behind and catches up"
        case .neverSent(let uptime):
            "the agent has sent nothing in the \(spoken(seconds: uptime)) since it started"
        }
    }
}
