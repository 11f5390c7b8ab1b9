package import CurlHTTP
import Evidence
import KubernetesModel
package import NetworkProbes
import PipelineModel

/// An address at which the user lets a pod's `/metrics` be read, such as that of
/// `kubectl port-forward`.
package struct GivenPage: Sendable, Hashable {
    /// The context, where several clusters are looked at.
    package let cluster: String?
    package let namespace: String
    package let pod: String
    package let url: String

    /// Reads `NS/POD=URL` or `CONTEXT/NS/POD=URL`; a context may hold slashes itself.
    package init?(_ text: String) {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let names = text[..<equals].split(separator: "/", omittingEmptySubsequences: false)
        url = String(text[text.index(after: equals)...])
        guard names.count >= 2, !names.contains(""), EndpointAddress(url: url) != nil else {
            return nil
        }
        namespace = String(names[names.count - 2])
        pod = String(names[names.count - 1])
        cluster = names.count == 2 ? nil : names.dropLast(2).joined(separator: "/")
    }

    /// Why a text is no such address; nil when it is one.
    package static func problem(with text: String) -> String? {
        guard GivenPage(text) == nil else { return nil }
        return "'\(text)' is no page of a pod; write NAMESPACE/POD=http://HOST:PORT/metrics"
    }
}

/// The pages that are read directly, and not through the API server.
package struct GivenPages: Sendable {
    package let pages: [GivenPage]
    let transport: any HTTPTransport
    let policy: ProbePolicy

    package init(_ pages: [GivenPage], transport: any HTTPTransport, policy: ProbePolicy) {
        self.pages = pages
        self.transport = transport
        self.policy = policy
    }

    /// Those of one cluster.
    func of(cluster: String) -> GivenPages {
        GivenPages(
            pages.filter { $0.cluster == nil || $0.cluster == cluster }, transport: transport,
            policy: policy)
    }

    func url(of pod: ObjectReference) -> String? {
        pages.first { $0.pod == pod.name && $0.namespace == pod.namespace ?? "default" }?.url
    }

    func answer(of url: String, limit: Int) async throws(AccessFailure) -> HTTPResponse {
        let shown = url.withoutCredentials
        if let reason = policy.refusal(ofURL: url) {
            throw AccessFailure(.forbidden, source: "metrics", "\(shown): \(reason)")
        }
        let timeouts = Timeouts(total: .seconds(10))
        do throws(TransportFailure) {
            return try await transport.send(
                HTTPRequest(.get, url, timeouts: timeouts, maxBodyBytes: limit))
        } catch {
            throw AccessFailure(.unreachable, source: "metrics", "\(shown): \(error.message)")
        }
    }

    /// The pages of pods that are not among those whose metrics are read.
    func gaps(beside items: [ScrapePlan.Item]) -> [Gap] {
        let known = Set(items.map(\.pod))
        return pages.compactMap { page in
            let pod = ObjectReference(kind: "Pod", namespace: page.namespace, name: page.pod)
            guard !known.contains(pod) else { return nil }
            return Gap(
                source: "metrics",
                reason: "\(pod) is no pod of a receiver or an agent that runs; "
                    + "\(page.url.withoutCredentials) was not read")
        }
    }
}
