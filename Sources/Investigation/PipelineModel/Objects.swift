import FoundationEssentials
package import KubernetesModel
package import MarkedYAML

/// The objects of one cluster, as far as they are known, found by kind and by name.
package struct Objects: Sendable {
    package let all: [KubernetesObject]
    private let byKind: [String: [Int]]
    private let byReference: [ObjectReference: Int]
    private let byName: [ObjectReference: [Int]]
    let podOwners: PodOwners
    private let secretTexts: [SecretKey: SourceText]

    /// - Parameter secretTexts: values of Secrets that a check declared; no others are known.
    package init(_ all: [KubernetesObject], secretTexts: [SecretKey: SourceText] = [:]) {
        self.all = all
        self.secretTexts = secretTexts
        var byKind: [String: [Int]] = [:]
        var byReference: [ObjectReference: Int] = [:]
        var byName: [ObjectReference: [Int]] = [:]
        for (index, object) in all.enumerated() {
            byKind[object.kind, default: []].append(index)
            byReference[object.reference] = index
            let name = ObjectReference(kind: object.kind, name: object.name)
            byName[name, default: []].append(index)
        }
        self.byKind = byKind
        self.byReference = byReference
        self.byName = byName
        let pods = byKind["Pod"]?.compactMap { Pod(all[$0]) } ?? []
        podOwners = PodOwners(pods) { set in byReference[set].map { all[$0] } }
    }

    package func of(kind: String) -> [KubernetesObject] {
        byKind[kind]?.map { all[$0] } ?? []
    }

    /// The objects of that kind and name, in whatever namespace.
    package func of(kind: String, named name: String) -> [KubernetesObject] {
        byName[ObjectReference(kind: kind, name: name)]?.map { all[$0] } ?? []
    }

    /// The same objects, with values that were read from Secrets.
    package func adding(secretTexts: [SecretKey: SourceText]) -> Objects {
        Objects(all, secretTexts: secretTexts)
    }

    /// The documents under a key of a Secret: read from the cluster, or plain in a manifest.
    func secretStream(_ key: SecretKey) -> YAMLStream? {
        if let text = secretTexts[key] { return YAMLReader.stream(text) }
        let reference = ObjectReference(
            kind: "Secret", namespace: key.namespace, name: key.secret)
        guard let secret = self[reference]?.node else { return nil }
        if let plain = secret["stringData"]?[key.key] { return plain.embeddedYAML() }
        guard let encoded = secret["data"]?[key.key]?.string,
            let bytes = Data(base64Encoded: encoded, options: .ignoreUnknownCharacters)
        else { return nil }
        let name = "secret \(key.secret), key \(key.key)"
        return YAMLReader.stream(SourceText(name: name, bytes: Array(bytes)))
    }

    func secretDocument(_ key: SecretKey) -> Node? { secretStream(key)?.documents.first }

    package subscript(reference: ObjectReference) -> KubernetesObject? {
        byReference[reference].map { all[$0] }
    }

    package func configMap(_ name: String, in namespace: String?) -> ConfigMapObject? {
        self[ObjectReference(kind: "ConfigMap", namespace: namespace, name: name)]
            .flatMap(ConfigMapObject.init)
    }

    /// Objects that run pods, templates before the pods and ReplicaSets made from them.
    package var workloads: [Workload] {
        let kinds = ["StatefulSet", "Deployment", "DaemonSet", "Job", "CronJob"]
        let owned = ["ReplicaSet", "Pod", "Job"]
        return (kinds + ["ReplicaSet", "Pod"]).flatMap { kind in
            of(kind: kind).compactMap { object in
                if owned.contains(kind), object.controller != nil { return nil }
                return Workload(object)
            }
        }
    }
}

/// One key of one Secret.
package struct SecretKey: Sendable, Hashable {
    package let namespace: String?
    package let secret: String
    package let key: String

    /// Whether the value is compressed, as the Prometheus Operator stores configurations.
    package var isGzip: Bool { key.hasSuffix(".gz") }
}
