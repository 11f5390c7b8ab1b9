/// A name of a cluster's own DNS that is written out as far as `svc`:
/// `[POD.]SERVICE.NAMESPACE.svc[.cluster.local]`.
struct ServiceName: Hashable {
    let pod: String?
    let service: String
    let namespace: String

    /// Nil for shorter names, which may mean anything, for other domains, which may be other
    /// clusters', and for what is not yet filled in.
    init?(host: String) {
        let labels = (host.hasSuffix(".") ? host.dropLast() : host[...])
            .split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let end = labels.dropFirst(2).firstIndex(of: "svc"), end <= 3,
            labels[..<end].allSatisfy(Self.isLabel)
        else { return nil }
        guard labels[(end + 1)...].isEmpty || labels[(end + 1)...] == ["cluster", "local"] else {
            return nil
        }
        pod = end == 3 ? labels[0] : nil
        service = labels[end - 2]
        namespace = labels[end - 1]
    }

    private static func isLabel(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                case _: false
                }
            }
    }

    /// The StatefulSet whose pod it would be.
    var statefulSet: String? {
        guard let pod, let dash = pod.lastIndex(of: "-"), Int(pod[pod.index(after: dash)...]) != nil
        else { return nil }
        return String(pod[..<dash])
    }

    /// As far as kustomize could have changed it, without the pod.
    var stem: String { "\(service).\(namespace).svc" }
}

/// What kustomize put around a name: `namePrefix` and `nameSuffix`.
struct Affix: Hashable {
    let prefix: String
    let suffix: String

    /// Nil when the one name was not made of the other.
    init?(from name: String, to renamed: String) {
        guard let range = renamed.firstRange(of: name), !name.isEmpty else { return nil }
        prefix = String(renamed[..<range.lowerBound])
        suffix = String(renamed[range.upperBound...])
        let isWhole =
            (prefix.isEmpty || prefix.hasSuffix("-")) && (suffix.isEmpty || suffix.hasPrefix("-"))
        guard isWhole else { return nil }
    }
}
