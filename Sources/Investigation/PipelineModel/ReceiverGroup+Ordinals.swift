import KubernetesModel
import MarkedYAML
import ReceiveFlags

extension ReceiverGroup {
    /// The ordinals of the pods that a StatefulSet makes; nil for what numbers no pods.
    package var ordinals: Range<Int>? {
        guard workload.object.kind == "StatefulSet" else { return nil }
        let start = workload.object.spec?["ordinals"]?["start"]?.int ?? 0
        // An absurd number in a manifest must not become a loop over it, nor a sum without end.
        let first = min(max(0, start), Int(Int32.max))
        return first..<first + min(max(0, workload.replicas), 10_000)
    }

    package func podName(_ ordinal: Int) -> String { "\(workload.object.name)-\(ordinal)" }

    /// The Service that gives a StatefulSet's pods their names.
    package var governingService: String? {
        workload.object.spec?["serviceName"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Where the receiver takes itself to be reached, as the process in one pod reads it; nil when
    /// the flag is not given or holds a variable whose value is not known.
    package func localEndpoint(inPod pod: String, namespace: String?) -> String? {
        flags.localEndpoint.flatMap { expanding($0, inPod: pod, namespace: namespace, depth: 4) }
    }

    /// The name of a variable that holds a field of the pod, such as `metadata.name`.
    package func variable(of field: String) -> String? {
        container.environment.filter { $0.value == .field(field) }.map(\.key).min()
    }

    /// Replaces the references to variables that `Arguments` left, for their values differ by pod.
    private func expanding(
        _ text: String, inPod pod: String, namespace: String?, depth: Int
    ) -> String? {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "$("), let end = rest.firstIndex(of: ")"),
            start.upperBound <= end
        {
            let name = String(rest[start.upperBound..<end])
            result += rest[..<start.lowerBound]
            switch container.environment[name] {
            case .field(let path)?:
                guard let value = field(path, ofPod: pod, namespace: namespace) else { return nil }
                result += value
            case .literal(let value)? where depth > 0:
                guard
                    let value = expanding(
                        value, inPod: pod, namespace: namespace, depth: depth - 1)
                else { return nil }
                result += value
            case nil where !container.takesForeignEnvironment:
                // Kubernetes leaves what it cannot resolve as it is written.
                result += rest[start.lowerBound...end]
            case .literal?, .configMapKey?, .secretKey?, .unknown?, nil:
                return nil
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private func field(_ path: String, ofPod name: String, namespace: String?) -> String? {
        switch path {
        case "metadata.name": name
        case "metadata.namespace": namespace
        case "status.podIP": pods.first { $0.name == name }?.address ?? "<the pod's IP>"
        case "metadata.labels['apps.kubernetes.io/pod-index']":
            name.split(separator: "-").last.map(String.init)
        case _: nil
        }
    }
}
