import Evidence
import KubernetesModel
import MetricsText
import PipelineModel
import ReceiveFlags

/// A tenant whose newest sample in a receiver is younger than the present.
struct FutureHead {
    static let newest = "prometheus_tsdb_head_max_time"
    static let outOfBounds = "prometheus_tsdb_out_of_bound_samples_total"
    static let tooOld = "prometheus_tsdb_too_old_samples_total"

    let tenant: String
    let pod: ObjectReference
    /// Seconds.
    let ahead: Double
    /// Whether samples of the present are too old for it, and some were refused as such.
    let refusesPresent: Bool

    /// Seconds of the recommended --tsdb.too-far-in-future.time-window.
    private static let tolerated = 300.0

    /// The tenants of a group, the farthest ahead first and each once.
    static func all(of measured: MeasuredGroup, now: Double) -> [FutureHead] {
        var seen: Set<String> = []
        return measured.pods.flatMap { page in
            (page.later ?? page.page).points(newest).compactMap { point in
                FutureHead(
                    tenant: point.labels["tenant"] ?? "", milliseconds: point.value, in: page,
                    of: measured.group, now: now)
            }
        }.sorted { ($1.ahead, $0.tenant) < ($0.ahead, $1.tenant) }
            .filter { seen.insert($0.tenant).inserted }
    }

    /// Nil for a head of the present; an empty one has the least time there is.
    private init?(
        tenant: String, milliseconds: Double, in page: ScrapedPod, of group: ReceiverGroup,
        now: Double
    ) {
        ahead = milliseconds / 1000 - now
        // The greatest time there is stands for no time at all.
        guard ahead > Self.tolerated, ahead < 1e12 else { return nil }
        self.tenant = tenant
        pod = page.pod
        let labels = ["tenant": tenant]
        let refused =
            (page.sum(Self.outOfBounds, where: labels) ?? 0)
            + (page.sum(Self.tooOld, where: labels) ?? 0)
        refusesPresent = ahead > group.acceptedAge && refused > 0
    }
}

extension ReceiverGroup {
    /// How many seconds a sample may be older than the newest of its tenant: the out-of-order
    /// window, else half a block (Prometheus' tsdb/head_append.go).
    fileprivate var acceptedAge: Double {
        let window = flags.outOfOrderTimeWindow ?? .zero
        let age = window > .zero ? window : (flags.minBlockDuration ?? .seconds(7200)) / 2
        return Double(age.components.seconds)
    }
}
