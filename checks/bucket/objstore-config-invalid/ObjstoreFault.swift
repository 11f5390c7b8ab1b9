import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// What is wrong with a bucket's configuration, or the way to it.
struct ObjstoreFault {
    let message: String
    var range: SourceRange?
    var label = ""
    /// Nil: the process exits at its start.
    var severity: Severity?
    var edits: [TextEdit?] = []
    let repair: String

    static func all(of user: StorageUser, _ view: ClusterView) -> [ObjstoreFault] {
        switch user.objectStore {
        case .notConfigured:
            user.needsBucket ? [absent] : []
        case .configured(let root, from: let origin, let documents):
            faults(in: root, origin, documents: documents, of: user, view)
        case .invalid(let message, let range, from: let origin):
            isSealed(origin, view) ? [] : [unreadable(message, range, origin, user)]
        case .unread(let key):
            keyAbsent(key, view).map { [$0] } ?? []
        case .unresolved(let path, let file):
            pathFault(path, file, user, view).map { [$0] } ?? []
        case .foreign: []
        }
    }

    private static let absent = ObjstoreFault(
        message: "no bucket is configured, and without one this component exits",
        repair: "mount the bucket's configuration and name it with --objstore.config-file")

    private static func unreadable(
        _ message: String, _ range: SourceRange?, _ origin: ObjectStoreSource.Origin,
        _ user: StorageUser
    ) -> ObjstoreFault {
        guard let range else {
            return ObjstoreFault(
                message: "the bucket's configuration is empty"
                    + (user.needsBucket ? "" : ": nothing is uploaded"),
                severity: user.needsBucket ? nil : .warning,
                repair: "write type: S3 and a config with bucket and endpoint")
        }
        // The parser's words may quote what it read.
        let isShown = if case .configMap = origin { true } else { false }
        return ObjstoreFault(
            message: "the bucket's configuration is no YAML, from line \(range.start.line) on"
                + (isShown ? ": \(message)" : ""),
            range: isShown ? range : nil, repair: "mend the indentation and the quotes")
    }

    private static func faults(
        in root: Node, _ origin: ObjectStoreSource.Origin, documents: Int, of user: StorageUser,
        _ view: ClusterView
    ) -> [ObjstoreFault] {
        guard !isSealed(origin, view) else { return [] }
        guard root.kind == .mapping else {
            // Tools fill in whole texts, too.
            guard let text = root.scalarText, view.isCluster || !S3Settings.isPlaceholder(text)
            else { return [] }
            return [
                ObjstoreFault(
                    message: "the bucket's configuration holds no fields",
                    range: shown(root, origin),
                    repair: "write type: S3 and a config with bucket and endpoint")
            ]
        }
        var faults = ObjstoreFields(origin: origin, version: user.version).faults(in: root)
        if documents > 1 {
            faults.append(
                ObjstoreFault(
                    message: "only the first of \(documents) documents is read",
                    range: shown(root, origin), severity: .warning,
                    repair: "keep one document"))
        }
        return faults
    }

    /// Where a node may be shown: only a ConfigMap is for everyone's eyes.
    static func shown(_ node: Node, _ origin: ObjectStoreSource.Origin) -> SourceRange? {
        if case .configMap = origin { node.range } else { nil }
    }

    /// Whether a Secret in a manifest is encrypted, or a tool fills it in.
    private static func isSealed(
        _ origin: ObjectStoreSource.Origin, _ view: ClusterView
    ) -> Bool {
        guard case .secret(let key) = origin, !view.isCluster else { return false }
        let reference = ObjectReference(
            kind: "Secret", namespace: key.namespace, name: key.secret)
        guard let secret = view.objects[reference]?.node else { return false }
        if secret["sops"] != nil { return true }
        let text = secret["data"]?[key.key]?.string ?? ""
        return !text.allSatisfy { character in
            character.isASCII
                && (character.isLetter || character.isNumber || character.isWhitespace
                    || "+/=".contains(character))
        }
    }

    /// A Secret among the manifests that has other keys than the one that is asked for.
    private static func keyAbsent(_ key: SecretKey, _ view: ClusterView) -> ObjstoreFault? {
        let secrets = view.objects.of(kind: "Secret", named: key.secret).filter {
            $0.namespace == key.namespace
        }
        // An API server gives Secrets without their keys.
        guard !view.isCluster, secrets.count == 1, let secret = secrets.first?.node else {
            return nil
        }
        let keys = [secret["data"], secret["stringData"]].flatMap { section in
            section?.entries.compactMap { $0.key.string } ?? []
        }
        guard !keys.isEmpty, !keys.contains(key.key) else { return nil }
        return ObjstoreFault(
            message: "the key \(key.key) is not in Secret \(key.secret), which has "
                + "\(keys.joined(separator: ", "))",
            label: "asks for \(key.key)",
            repair: "call the key \(key.key), or let the argument name the one that is there")
    }

    private static func pathFault(
        _ path: String, _ file: MountedFile, _ user: StorageUser, _ view: ClusterView
    ) -> ObjstoreFault? {
        let message: String
        switch file {
        case .notMounted:
            guard !user.workload.isInjected, !path.hasPrefix("/vault/"), !path.contains("$") else {
                return nil
            }
            message = "no volume is mounted over \(path)"
        case .configMapAbsent(let name, let volume):
            guard view.isComplete(kind: "ConfigMap"), !volume.isOptional else { return nil }
            message = "ConfigMap \(name), which is to hold \(path), does not exist"
        case .keyAbsent(let map, let wanted, volume: _, mount: _):
            let keys = map.keys.isEmpty ? "no key" : "only \(map.keys.joined(separator: ", "))"
            message = "ConfigMap \(map.object.name) has \(keys), not \(wanted)"
        case .configMapKey, .secretKey, .volumeAbsent, .unknowable, .claim:
            return nil
        }
        return ObjstoreFault(
            message: "the bucket's configuration cannot be read: \(message)",
            label: "names \(path)",
            repair: "mount the configuration so that it can be read as \(path)")
    }
}
