import CurlHTTP
import Evidence
import KubernetesAPI
import KubernetesModel
import MetricsText
import PipelineModel

/// Reads the `/metrics` of pods through the API server's proxy, where the user says, or at a
/// Service's address; twice where rates are wanted.
struct MetricsGatherer: Sendable {
    let client: KubernetesClient
    /// The families that checks asked for; the rest of a page is not kept.
    let families: Set<String>
    /// Between the two looks; nil for one look.
    let interval: Duration?
    var given: GivenPages?
    let progress: @Sendable (String) -> Void

    /// A receiver with a thousand tenants answers some megabytes.
    private static let limit = 16 << 20
    /// Pages in flight, so that they take 128 MiB at worst.
    private static let width = 8

    private enum Look: Sendable {
        case page(MetricsPage, at: ContinuousClock.Instant)
        case missing(AccessFailure)
    }

    /// What the pods said, whose page is not whole, and who said nothing.
    struct Result: Sendable {
        var observed = Observed<ScrapedPod>()
        var gaps: [Gap] = []
        var failures: [(pod: ObjectReference, failure: AccessFailure)] = []
    }

    func gather(_ pipeline: Pipeline) async -> Result {
        let items = ScrapePlan(pipeline).items
        var urls: [ScrapePlan.Item: String] = [:]
        for item in items { urls[item] = given?.url(of: item.pod) }
        var first = await looks(at: items, urls)
        // Who may not use the proxy may still use the address that agents write to.
        let exposed = given == nil ? [:] : Self.exposed(first, pipeline)
        let direct = await looks(at: items.filter { exposed[$0] != nil }, exposed)
        for case (let item, .page(let page, at: let time)) in direct {
            first[item] = .page(page, at: time)
            urls[item] = exposed[item]
        }
        var second: [ScrapePlan.Item: Look] = [:]
        if let interval, !items.isEmpty, (try? await Task.sleep(for: interval)) != nil {
            // Who did not answer once need not be asked again.
            second = await looks(
                at: items.filter { if case .page? = first[$0] { true } else { false } }, urls)
        }
        var result = Result()
        result.gaps = given?.gaps(beside: items) ?? []
        for item in items {
            switch first[item] {
            case .page(let page, at: let start)?:
                var pod = ScrapedPod(pod: item.pod, page: page)
                if case .page(let later, at: let end)? = second[item] {
                    pod = ScrapedPod(
                        pod: item.pod, page: page, later: later, seconds: (end - start).seconds)
                }
                if let url = urls[item] { pod.origin = .page(url.withoutCredentials) }
                result.observed.items.append(pod)
                if let failure = AccessFailure(page.defect, of: item.pod) {
                    result.observed.missing.append(failure.evidence)
                    result.gaps.append(failure.gap)
                }
            case .missing(let failure)?: result.failures.append((item.pod, failure))
            case nil: continue
            }
        }
        return result
    }

    /// The addresses of those whose proxy is forbidden.
    private static func exposed(
        _ looks: [ScrapePlan.Item: Look], _ pipeline: Pipeline
    ) -> [ScrapePlan.Item: String] {
        var urls: [ScrapePlan.Item: String] = [:]
        for case (let item, .missing(let failure)) in looks where failure.isForbidden {
            urls[item] = ExposedPage(item, pipeline)?.url
        }
        return urls
    }

    private func looks(
        at items: [ScrapePlan.Item], _ urls: [ScrapePlan.Item: String]
    ) async -> [ScrapePlan.Item: Look] {
        await withTaskGroup(of: (ScrapePlan.Item, Look).self) { group in
            var waiting = items.makeIterator()
            for _ in 0..<Self.width {
                guard let item = waiting.next() else { break }
                group.addTask { (item, await look(at: item, urls[item])) }
            }
            var looks: [ScrapePlan.Item: Look] = [:]
            for await (item, look) in group {
                looks[item] = look
                if let next = waiting.next() {
                    group.addTask { (next, await self.look(at: next, urls[next])) }
                }
            }
            return looks
        }
    }

    private func look(at item: ScrapePlan.Item, _ url: String?) async -> Look {
        progress("metrics of \(item.pod.name)")
        do throws(AccessFailure) {
            let response = try await answer(of: item, url)
            guard response.status == 200 else {
                return .missing(AccessFailure(status: response.status, of: item.pod))
            }
            var reader = MetricsReader(families: families)
            _ = reader.read(response.body)
            var page = reader.finish()
            if response.isTruncated { page.markTooLong(bytes: Self.limit) }
            if page.defect == .notMetrics, let failure = AccessFailure(page.defect, of: item.pod) {
                return .missing(failure)
            }
            return .page(page, at: .now)
        } catch {
            return .missing(error)
        }
    }

    private func answer(
        of item: ScrapePlan.Item, _ url: String?
    ) async throws(AccessFailure) -> HTTPResponse {
        if let given, let url {
            return try await given.answer(of: url, limit: Self.limit)
        }
        let port = ProxiedPort(
            .pods, namespace: item.pod.namespace ?? "default", name: item.pod.name,
            port: item.port, usesTLS: item.usesTLS)
        do throws(KubernetesFailure) {
            return try await client.proxy(port, "/metrics", limit: Self.limit)
        } catch {
            throw AccessFailure(error, source: "metrics")
        }
    }
}

extension AccessFailure {
    /// Nil for a page that is whole.
    fileprivate init?(_ defect: MetricsDefect?, of pod: ObjectReference) {
        guard let defect else { return nil }
        let what =
            switch defect {
            case .tooLong(let bytes): "longer than \(bytes >> 20) MiB"
            case .tooManySeries(let series): "more than \(series) of the series asked for"
            case .malformed(let line): "no metric in line \(line)"
            case .notMetrics: "another page than metrics"
            }
        self.init(.malformed, source: "metrics", "metrics of \(pod): \(what)")
    }

    fileprivate init(status: Int, of pod: ObjectReference) {
        self.init(
            .malformed, source: "metrics", "metrics of \(pod): HTTP status \(status)")
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
