package import KubernetesModel
import MarkedYAML
package import ReceiveFlags

extension ReceiverGroup {
    /// The labels whose values differ from pod to pod, by the variables in them.
    package var varyingLabels: [ExternalLabel] {
        flags.labels.filter { !isConstant($0.value) }
    }

    /// Whether every pod gets the same text: none of its variables is the pod's own.
    private func isConstant(_ text: String) -> Bool {
        guard text.contains("$") else { return true }
        let names = Self.variables(in: text)
        // A `$` that is no reference of Kubernetes' may be a shell's.
        guard !names.isEmpty else { return false }
        let environment = container.environment
        let escaped = Arguments(container).escaped
        return names.allSatisfy { name in
            if escaped.contains(name) { return true }
            return switch environment[name] {
            case .field(let path)?: Self.isShared(path)
            case .literal?, .configMapKey?, .secretKey?: true
            case .unknown?: false
            case nil: !container.takesForeignEnvironment
            }
        }
    }

    /// Fields of the downward API that are the same in all pods of a workload.
    private static func isShared(_ path: String) -> Bool {
        guard path != "metadata.namespace", path != "spec.serviceAccountName" else { return true }
        let perPod = ["pod-index", "pod-name"]
        return path.hasPrefix("metadata.labels") && !perPod.contains(where: path.contains)
    }

    /// The names in `$(NAME)`.
    private static func variables(in text: String) -> [String] {
        var names: [String] = []
        for part in text.split(separator: "$(", omittingEmptySubsequences: false).dropFirst() {
            if let close = part.firstIndex(of: ")") { names.append(String(part[..<close])) }
        }
        return names
    }

    /// The external labels of one pod; a value that only its node knows is nil.
    package func externalLabels(of pod: Pod) -> [String: String?] {
        externalLabels { Self.field($0, of: pod) }
    }

    /// The external labels of the pod with the first number; nil when some of them are known in
    /// the pod only.
    package var firstExternalLabels: [String: String]? {
        let labels = externalLabels { path in
            switch path {
            case "metadata.name": podName(ordinals?.first ?? 0)
            case "metadata.namespace": workload.namespace
            case _: nil
            }
        }
        let known = labels.compactMapValues(\.self)
        return known.count == labels.count ? known : nil
    }

    private func externalLabels(field: (_ path: String) -> String?) -> [String: String?] {
        var labels: [String: String?] = [:]
        let escaped = Arguments(container).escaped
        for label in flags.labels {
            var value = label.value
            for name in Self.variables(in: value) where !escaped.contains(name) {
                guard case .field(let path)? = container.environment[name],
                    let text = field(path)
                else { continue }
                value.replace("$(\(name))", with: text)
            }
            labels[label.name] = .some(value.contains("$") ? nil : value)
        }
        return labels
    }

    private static func field(_ path: String, of pod: Pod) -> String? {
        switch path {
        case "metadata.name": pod.name
        case "metadata.namespace": pod.namespace
        case "status.podIP": pod.address
        case "spec.nodeName": pod.nodeName
        case _: nil
        }
    }

    /// Whether a block or a store with these labels may be the pod's own.
    package func mayOwn(_ labels: [String: String], pod: Pod) -> Bool {
        let own = externalLabels(of: pod)
        guard !own.isEmpty else { return false }
        return own.allSatisfy { name, value in
            guard let text = labels[name] else { return false }
            return value == nil || value == text
        }
    }

    /// How long after its first sample a block is in the bucket: it is cut at one and a half
    /// ranges, with a tenth for the random delay of v0.37.0 and later, and a quarter of an hour.
    package var uploadDelay: Double {
        let block = max(flags.minBlockDuration ?? .zero, flags.maxBlockDuration ?? .zero)
        let range = block == .zero ? 7200 : Double(block.components.seconds)
        return range * 1.6 + 900
    }
}
