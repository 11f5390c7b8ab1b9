import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let objstoreSecretExposed = Check(
        "objstore-secret-exposed",
        severity: .error,
        stage: .preInstall,
        summary: "Object storage credentials stand in Git, a ConfigMap, arguments or logs",
        why: """
            A ConfigMap and a container's arguments are readable by everybody who may look at the \
            namespace, and Thanos shows its flags on a page. Whoever has the keys can read and \
            delete all metrics.
            """,
        fix: """
            Put the configuration into a Secret, mount it and name it with --objstore.config-file, \
            or take the keys out and use the identity of the service account. Change keys that \
            others could read.
            """,
        needs: .pipeline, .receivers, .optional(.components), .view,
        references: [
            "https://thanos.io/tip/thanos/storage.md/",
            "https://kubernetes.io/docs/concepts/configuration/secret/",
        ],
        examples: objstoreSecretExposedExamples
    ) { _, receivers, components, view in
        let users =
            receivers.map { ($0.reference, $0.container, $0.objectStore) }
            + (components ?? []).map { ($0.reference, $0.container, $0.objectStore) }
        var seen: Set<SourceRange> = []
        return users.flatMap { user, container, store in
            [finding(user, store, view), finding(user, container, view)].compactMap(\.self)
        }.filter { finding in
            finding.places.first.map { seen.insert($0.range).inserted } ?? true
        }
    }
}

/// The fields of the object store's configuration that are secrets (storage.md of Thanos).
private let secretFields = [
    "access_key", "secret_key", "session_token", "storage_account_key", "storage_connection_string",
    "service_account", "password", "application_credential_secret", "msi_resource_secret",
]

private func finding(
    _ user: ObjectReference, _ store: ObjectStoreSource, _ view: ClusterView
) -> Finding? {
    guard case .configured(let node, let origin, documents: _) = store else { return nil }
    let keys = (node["config"]?.entries ?? []).filter { entry in
        secretFields.contains(entry.key.string ?? "") && isSecret(entry.value)
    }.map(\.key)
    guard let key = keys.first else { return nil }
    let names = keys.compactMap(\.string).joined(separator: " and ")
    let (message, object, range): (String, ObjectReference, SourceRange)
    var isCertain = true
    switch origin {
    case .flag(let place):
        (message, object, range) = ("\(names) stand in the arguments of \(user)", user, place)
    case .configMap(let map, key: _):
        (message, object, range) = ("\(names) stand in a ConfigMap", map, key.range)
    case .secret(let secret):
        // A folder may be what Git holds, or the output of a tool.
        let manifest = view.isWhole ? [] : view.objects.of(kind: "Secret", named: secret.secret)
        guard let manifest = manifest.first(where: { $0.node["sops"] == nil }) else { return nil }
        (message, object, range) = (
            "\(names) stand in the manifest of a Secret: whoever reads the file has them",
            manifest.reference, key.range
        )
        isCertain = false
    }
    return Finding(
        message, object: object, at: range,
        label: isCertain ? "readable without a Secret's rights" : "is the file in Git?",
        severity: isCertain ? nil : .info, confidence: isCertain ? .certain : .possible,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "the configuration of object storage holds \(names), whose values are not shown",
                command: view.kubectl(
                    "describe \(user.kind.lowercased()) \(user.name)", namespace: user.namespace))
        ],
        repair: Repair(
            text: "move the configuration into a Secret that --objstore.config-file names, and "
                + "change the keys"),
        about: [user])
}

/// Keys in the environment, from which the client of S3 takes them too (minio-go's credentials).
private func finding(
    _ user: ObjectReference, _ container: Container, _ view: ClusterView
) -> Finding? {
    let names = [
        "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN", "MINIO_SECRET_KEY",
        "MINIO_ROOT_PASSWORD",
    ]
    let values = container.node["env"].items.filter { names.contains($0["name"]?.string ?? "") }
    guard let variable = values.first(where: { $0["value"].map(isSecret) ?? false }),
        let name = variable["name"]?.string
    else { return nil }
    return Finding(
        "the environment of \(user) holds \(name)", object: user,
        at: variable.key("value")?.range ?? variable.range,
        label: "readable without a Secret's rights",
        evidence: [
            EvidenceItem(
                view.objectSource, "\(name) has a value, which is not shown",
                command: view.kubectl(
                    "describe \(user.kind.lowercased()) \(user.name)", namespace: user.namespace))
        ],
        repair: Repair(
            text: "take it from a Secret with valueFrom.secretKeyRef, and change the keys"))
}

/// Whether a value is one: neither empty nor a place that a tool fills.
private func isSecret(_ value: Node) -> Bool {
    guard let text = value.string, !text.isEmpty else { return false }
    let placeholders = [
        "$", "{{", "<", "ENC[", "CHANGE", "REPLACE", "xxx", "***", "ref+", "vault:",
    ]
    return !placeholders.contains { text.lowercased().hasPrefix($0.lowercased()) }
}
