import KubernetesModel
package import MarkedYAML

/// One destination of remote write, in the words of the program that sends.
package struct RemoteWriteTarget: Sendable {
    /// How the settings beside the URL are written.
    package enum Notation: Sendable {
        /// As in a Prometheus configuration: `queue_config`.
        case prometheus
        /// As in a custom resource of the Prometheus Operator: `queueConfig`.
        case customResource
        /// As in an exporter of the OpenTelemetry Collector.
        case collector
        /// They are not known; only the URL is.
        case unknown
    }

    /// The entry; nil when nothing but its URL could be read.
    package let node: Node?
    package let url: Marked<String>
    package let notation: Notation
    /// Where it leads; nil for anything but http and https.
    package let endpoint: EndpointAddress?

    /// Nil when the entry names no URL.
    package init?(_ node: Node, notation: Notation = .prometheus) {
        let key = notation == .collector ? "endpoint" : "url"
        guard let url = node[key]?.markedString else { return nil }
        self.node = node
        self.url = url
        self.notation = notation
        endpoint = EndpointAddress(url: url.value)
    }

    /// A destination of which only the URL could be read.
    init(url: Marked<String>) {
        node = nil
        self.url = url
        notation = .unknown
        endpoint = EndpointAddress(url: url.value)
    }

    package var headers: [String: String] { headersNode.stringMap }
    package var headersNode: Node? { node?["headers"] }

    /// Whether a header that is not among the headers is not sent either.
    package var knowsHeaders: Bool { node != nil }

    /// The value of a header, whose name is compared without regard to case.
    package func header(_ name: String) -> Marked<String>? {
        headersNode?.entries.first { $0.key.string?.lowercased() == name.lowercased() }?
            .value.markedString
    }

    /// The node of a setting by its path in a Prometheus configuration, `queue_config` and
    /// `capacity`, however this program spells it.
    package func setting(_ names: String...) -> Node? {
        names.reduce(node) { node, name in
            node?[notation == .customResource ? Self.operatorName(name) : name]
        }
    }

    /// The Prometheus Operator's name of a field (its API reference, `RemoteWriteSpec`).
    private static func operatorName(_ name: String) -> String {
        switch name {
        case "retry_on_http_429": return "retryOnRateLimit"
        case "protobuf_message": return "messageVersion"
        default:
            let words = name.split(separator: "_").map(String.init)
            return words.dropFirst().reduce(words.first ?? "") { name, word in
                name + word.prefix(1).uppercased() + word.dropFirst()
            }
        }
    }
}
