import CurlHTTP

extension S3ObjectStore {
    /// Pages of at most a thousand keys each; a server that never ends is not a bucket.
    private static let maxPages = 1000

    /// One page of ListObjectsV2.
    private struct Page {
        var names: [String]
        /// `nil` on the last page.
        var next: String?

        /// `nil` when the body is not the answer of a listing.
        init?(_ body: [UInt8]) {
            guard let leaves = XMLLeaf.leaves(of: body),
                let isTruncated = leaves.text(of: "IsTruncated")
            else { return nil }
            let encoded =
                leaves.texts(of: "Key", in: "Contents")
                + leaves.texts(of: "Prefix", in: "CommonPrefixes")
            let isEncoded = leaves.text(of: "EncodingType") == "url"
            names = encoded.map { isEncoded ? PercentEncoding.decode($0) ?? $0 : $0 }
            next = isTruncated == "true" ? leaves.text(of: "NextContinuationToken") : nil
            if isTruncated == "true", next?.isEmpty != false { return nil }
        }
    }

    func list(_ folder: String, recursive: Bool) async throws(ObjectStoreError) -> [String] {
        var prefix = folder
        while prefix.hasSuffix("/") { prefix.removeLast() }
        if !prefix.isEmpty { prefix += "/" }
        var names: [String] = []
        var token: String?
        for _ in 0..<Self.maxPages {
            let page = try await page(prefix: prefix, recursive: recursive, after: token)
            names += page.names
            guard let next = page.next else {
                // A server may list the folder itself.
                return names.filter { $0 != prefix && !$0.isEmpty }
                    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            }
            if next == token { break }
            token = next
        }
        throw ObjectStoreError(.tooLarge, "list \(folder): the list does not end")
    }

    private func page(
        prefix: String, recursive: Bool, after token: String?
    ) async throws(ObjectStoreError) -> Page {
        var query = [("list-type", "2"), ("encoding-type", "url"), ("prefix", prefix)]
        query.append(("delimiter", recursive ? "" : "/"))
        if let token { query.append(("continuation-token", token)) }
        do throws(S3Failure) {
            let response = try await session.send(S3Request(method: .get, query: query))
            guard !response.isTruncated, let page = Page(response.body) else {
                throw S3Failure(
                    ObjectStoreError(.refused, "the answer is not a list of objects"))
            }
            return page
        } catch {
            throw error.error
        }
    }
}
