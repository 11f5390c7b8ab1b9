package import KubernetesModel

/// Where a Thanos Query was asked.
package enum QueryAddress: Sendable, Hashable {
    /// Directly, without credentials in it and without a slash at its end.
    case url(String)
    /// Through the API server's proxy.
    case pod(ObjectReference, port: Int)
}

extension QueryState {
    /// The workload that answers, or what stands for it in findings.
    package var reference: ObjectReference {
        component ?? ObjectReference(kind: "Query", name: address.description)
    }

    /// A command that asks the same: `/api/v1/stores`, or `/api/v1/query` with a query.
    package func command(
        _ path: String, query: String? = nil, deduplicated: Bool = true, in view: ClusterView
    ) -> String {
        switch address {
        case .url(let url):
            guard let query else { return "curl -sS \(url)\(path)" }
            return "curl -sS -G \(url)\(path) -d dedup=\(deduplicated) --data-urlencode "
                + "'query=\(query.replacing("'", with: "'\\''"))'"
        case .pod(let pod, let port):
            let parameters =
                query.map { "?dedup=\(deduplicated)&query=\($0.queryEscaped)" } ?? ""
            return view.kubectl(
                "get --raw '/api/v1/namespaces/\(pod.namespace ?? "default")/pods/"
                    + "\(pod.name):\(port)/proxy\(path)\(parameters)'")
        }
    }
}

extension QueryAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .url(let url): url
        case .pod(let pod, let port): "\(pod):\(port)"
        }
    }
}

extension String {
    /// As a value in a URL's query (RFC 3986, 2.3).
    package var queryEscaped: String {
        utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                String(Unicode.Scalar(byte))
            default:
                "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}

extension String {
    /// A URL to be shown: without the user and the password in front of its host.
    package var withoutCredentials: String {
        guard let scheme = firstRange(of: "://") else { return self }
        let end = self[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? endIndex
        guard let at = self[scheme.upperBound..<end].lastIndex(of: "@") else { return self }
        return String(self[..<scheme.upperBound] + self[index(after: at)...])
    }
}
