import CurlHTTP
import MarkedYAML

extension KubernetesClient {
    /// As many pages as any list needs: a million objects at 500 a page.
    private static let maxPages = 2000
    private static let maxRestarts = 2
    /// 5,000 pods are 26 MB; twenty times that is no list that this program is meant for.
    private static let maxBytes = 512 << 20

    /// Every object of a kind, page by page; all namespaces when none is given.
    ///
    /// A list is whole or it is a failure: half a list would make a check see things missing.
    package func list(
        _ resource: APIResource, namespace: String? = nil, labelSelector: String? = nil,
        fieldSelector: String? = nil, limit: Int = 500, accept: String = MediaType.json
    ) async throws(KubernetesFailure) -> ListResult {
        var query = [("limit", String(limit))]
        if let labelSelector { query.append(("labelSelector", labelSelector)) }
        if let fieldSelector { query.append(("fieldSelector", fieldSelector)) }
        let exchange = APIExchange(
            path: resource.path(namespace: namespace), query: query, accept: accept)
        var restarts = 0
        while true {
            do {
                return try await pages(exchange)
            } catch {
                // 410: the continue token outlived the server's history; begin again.
                guard error.kind == .gone, restarts < Self.maxRestarts else { throw error }
                restarts += 1
            }
        }
    }

    /// Names, labels and annotations only: what lists of Secrets are fetched with.
    package func metadata(
        of resource: APIResource, namespace: String? = nil, labelSelector: String? = nil
    ) async throws(KubernetesFailure) -> ListResult {
        try await list(
            resource, namespace: namespace, labelSelector: labelSelector,
            accept: MediaType.metadataList)
    }

    private func pages(_ first: APIExchange) async throws(KubernetesFailure) -> ListResult {
        var result = ListResult(items: [], pages: [], resourceVersion: "")
        var exchange = first
        var tokens: Set<String> = []
        var bytes = 0
        while result.pages.count < Self.maxPages {
            let response = try await answer(to: exchange)
            bytes += response.body.count
            guard bytes <= Self.maxBytes else {
                throw exchange.failure(.truncated(limit: Self.maxBytes))
            }
            let page = try exchange.document(response)
            guard page["kind"]?.string?.hasSuffix("List") == true else {
                throw exchange.failure(.malformed(place: "\(exchange.target):1:1"), "not a list")
            }
            result.pages.append(ListPage(path: exchange.target, document: page))
            result.items += page["items"]?.items ?? []
            result.resourceVersion = page[path: "metadata", "resourceVersion"]?.string ?? ""
            guard let token = page[path: "metadata", "continue"]?.string, !token.isEmpty else {
                return result
            }
            guard tokens.insert(token).inserted else {
                throw exchange.failure(
                    .malformed(place: exchange.target), "the same continue token comes twice")
            }
            exchange = first
            exchange.query.append(("continue", token))
        }
        throw exchange.failure(.truncated(limit: Self.maxBytes), "too many pages")
    }
}
