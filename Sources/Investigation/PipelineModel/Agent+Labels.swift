import KubernetesModel
import MarkedYAML

/// What a label's value becomes in the pods of an agent.
package enum LabelValue: Sendable, Hashable {
    /// The same in every pod.
    case fixed(String)
    /// Each pod has its own, made from this field: `metadata.name`.
    case perPod(field: String)
    /// It comes from where nobody looked.
    case unknown
}

extension Agent {
    /// The external labels as they are sent; nil when nobody knows them.
    package var sentLabels: [String: LabelValue]? {
        guard let externalLabels else { return nil }
        return externalLabels.added.mapValues { value(of: $0) }
            .merging(externalLabels.written.mapValues { value(of: $0.value) }) { $1 }
    }

    /// Whether `${VAR}` in an external label is filled in: since 3.0 always, since 2.27 when it is
    /// asked for; nil when the release is not known.
    package var expandsLabels: Bool? {
        if hasFeature("expand-external-labels") { return true }
        return version.map { $0 >= Version(3, 0) }
    }

    private func value(of written: String) -> LabelValue {
        guard written.contains("$") else { return .fixed(written) }
        // The operator's reloader fills these in before Prometheus reads the file.
        if written.contains("$(") { return written.contains("$(POD_NAME)") ? podName : .unknown }
        switch expandsLabels {
        case true?: return expanded(written)
        case false?: return .fixed(written)
        case nil: return .unknown
        }
    }

    private var podName: LabelValue { .perPod(field: "metadata.name") }

    /// `os.Expand` of Go, as Prometheus' config.go uses it: `$NAME`, `${NAME}`, and `$$`.
    private func expanded(_ written: String) -> LabelValue {
        var result = ""
        var field: String?
        var rest = Substring(written)
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.hasPrefix("$") {
                result += "$"
                rest = rest.dropFirst()
                continue
            }
            let isBraced = rest.hasPrefix("{")
            if isBraced { rest = rest.dropFirst() }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            rest = rest[name.endIndex...]
            if isBraced {
                guard rest.hasPrefix("}") else { return .unknown }
                rest = rest.dropFirst()
            }
            switch value(ofVariable: String(name)) {
            case .fixed(let text): result += text
            case .perPod(let found): field = field ?? found
            case .unknown: return .unknown
            }
        }
        return field.map { .perPod(field: $0) } ?? .fixed(result + rest)
    }

    private func value(ofVariable name: String) -> LabelValue {
        guard let container else { return .unknown }
        switch container.environment[name] {
        case .literal(let text)?: return .fixed(text)
        case .field("metadata.namespace")?:
            return workload?.namespace.map { .fixed($0) } ?? .unknown
        case .field(let path)?:
            let own = [
                "metadata.name", "metadata.uid", "status.podIP", "status.podIPs", "spec.nodeName",
                "status.hostIP", "metadata.labels['apps.kubernetes.io/pod-index']",
                "metadata.labels['statefulset.kubernetes.io/pod-name']",
            ]
            return own.contains(path) ? .perPod(field: path) : .unknown
        case .configMapKey?, .secretKey?, .unknown?: return .unknown
        case nil: return container.takesForeignEnvironment ? .unknown : .fixed("")
        }
    }
}
