/// The name under which the cluster's DNS knows a pod of a StatefulSet:
/// `POD[.SERVICE[.NAMESPACE[.svc[.DOMAIN]]]]`.
package struct PodAddress: Sendable, Hashable {
    package let pod: String
    package let service: String?
    package let namespace: String?
    /// Whether `svc` stands behind the namespace.
    private let isWhole: Bool
    /// What stands behind `svc`: `cluster.local`.
    package let domain: String?

    /// Nil for IP addresses, names of Services and names outside a cluster.
    package init?(host: String) {
        let bare = host.hasSuffix(".") ? host.dropLast() : Substring(host)
        let labels = bare.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard labels.allSatisfy({ !$0.isEmpty }), !host.contains(":") else { return nil }
        // `name.namespace.svc` is a Service.
        if labels.count >= 3, labels[2] == "svc" { return nil }
        if labels.count >= 4, labels[3] != "svc" { return nil }
        pod = labels[0]
        service = labels.count > 1 ? labels[1] : nil
        namespace = labels.count > 2 ? labels[2] : nil
        isWhole = labels.count > 3
        domain = labels.count > 4 ? labels[4...].joined(separator: ".") : nil
    }

    /// The number at the end of the pod's name, when the StatefulSet has that name.
    package func ordinal(in statefulSet: String) -> Int? {
        guard pod.hasPrefix(statefulSet + "-"),
            let ordinal = Int(pod.dropFirst(statefulSet.count + 1)),
            ordinal >= 0, pod == "\(statefulSet)-\(ordinal)"
        else { return nil }
        return ordinal
    }

    /// The same name in another namespace; nil for a name that states none.
    package func moved(to namespace: String) -> String? {
        guard let service, self.namespace != nil else { return nil }
        let name = "\(pod).\(service).\(namespace)"
        return isWhole ? "\(name).svc" + (domain.map { ".\($0)" } ?? "") : name
    }
}
