import KubernetesModel
package import MarkedYAML

/// The parts of a Prometheus configuration file that remote write depends on.
package struct PrometheusConfiguration: Sendable {
    package let node: Node

    package init(_ node: Node) { self.node = node }

    /// Whether a document looks like a Prometheus configuration: a mapping with a section that
    /// only Prometheus has, and no Kubernetes kind.
    package static func isOne(_ document: Node) -> Bool {
        guard document.kind == .mapping, document["kind"] == nil else { return false }
        return document["remote_write"]?.kind == .sequence
            || document["scrape_configs"]?.kind == .sequence
    }

    package var remoteWrites: [RemoteWriteTarget] {
        node["remote_write"].items.compactMap { RemoteWriteTarget($0) }
    }

    package var externalLabels: [String: String] {
        node["global"]?["external_labels"].stringMap ?? [:]
    }

    package var scrapeJobs: [(name: Marked<String>, node: Node)] {
        node["scrape_configs"].items.compactMap { job in
            job["job_name"]?.markedString.map { ($0, job) }
        }
    }
}

/// Scheme, host, port and path of a URL, as far as a connection needs them.
package struct EndpointAddress: Sendable, Hashable, CustomStringConvertible {
    package let scheme: String
    package let host: String
    package let port: Int
    package let path: String

    package init(scheme: String, host: String, port: Int, path: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
    }

    /// Reads `scheme://[user@]host[:port][/path]`; nil for anything but http and https.
    package init?(url: String) {
        guard let colon = url.firstIndex(of: ":") else { return nil }
        scheme = url[..<colon].lowercased()
        guard ["http", "https"].contains(scheme), url[colon...].hasPrefix("://") else {
            return nil
        }
        let rest = url[url.index(colon, offsetBy: 3)...]
        let authorityEnd = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        var authority = rest[..<authorityEnd]
        if let at = authority.lastIndex(of: "@") {
            authority = authority[authority.index(after: at)...]
        }
        let tail = rest[authorityEnd...].prefix { $0 != "?" && $0 != "#" }
        path = tail.isEmpty ? "/" : String(tail)
        let standardPort = scheme == "https" ? 443 : 80
        if authority.hasPrefix("["), let close = authority.firstIndex(of: "]") {
            host = String(authority[authority.index(after: authority.startIndex)..<close])
            let after = authority[authority.index(after: close)...]
            guard let port = after.hasPrefix(":") ? Int(after.dropFirst()) : standardPort else {
                return nil
            }
            self.port = port
        } else if let colon = authority.lastIndex(of: ":") {
            guard let port = Int(authority[authority.index(after: colon)...]) else { return nil }
            host = String(authority[..<colon])
            self.port = port
        } else {
            host = String(authority)
            port = standardPort
        }
        guard !host.isEmpty, (1...65535).contains(port) else { return nil }
    }

    package var description: String {
        let shown = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(shown):\(port)\(path)"
    }
}
