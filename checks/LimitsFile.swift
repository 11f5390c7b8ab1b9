import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// The file of limits that a receiver reads, in its ConfigMap.
struct LimitsFile {
    private let group: ReceiverGroup
    private let map: ConfigMapObject
    private let key: String
    private let root: Node

    /// Nil when there is none, or when it is not among the objects or not readable.
    init?(_ group: ReceiverGroup, _ view: ClusterView) {
        guard let path = group.flags.limitsConfigFile,
            case .configMapKey(let map, let key, let text) = MountedFile.resolve(
                path, in: group.workload, container: group.container, objects: view.objects),
            let root = text.embeddedYAML().documents.first, group.isWhole(in: view),
            !view.mayReplace(map.reference)
        else { return nil }
        self.group = group
        self.map = map
        self.key = key
        self.root = root
    }

    private var write: Node? { root["write"] }
    private var sections: [Node] {
        [write?["default"]].compactMap(\.self) + (write?["tenants"]?.entries.map(\.value) ?? [])
    }

    var metaMonitoring: Node? { write?["global"]?["meta_monitoring_url"] }
    var requestLimits: Node? { sections.lazy.compactMap { $0.key("request") }.first }

    func headLimit(ofTenant tenant: String?) -> Node? {
        tenant.flatMap { write?["tenants"]?[$0]?["head_series_limit"] }
            ?? write?["default"]?["head_series_limit"]
    }

    /// The first limit of active series that is to be applied.
    private var headLimit: Node? {
        sections.lazy.compactMap { $0["head_series_limit"] }.first {
            $0.int.map { $0 > 0 } ?? false
        }
    }

    /// What the file itself shows to be wrong.
    func faults(among receivers: [ReceiverGroup], _ view: ClusterView) -> [Finding] {
        let unknown = LimitsSchema.unknownKeys(in: root).map { key, parent in
            finding(
                "receivers do not start with \(key.string ?? "") in \(self.key): it is no field of "
                    + "\(parent)",
                at: key.range, label: "no field of \(parent)", view,
                repair: "correct the name; receivers that run keep their old limits")
        }
        guard let limit = headLimit else { return unknown }
        let amount = limit.int.map { "\($0)" } ?? ""
        if metaMonitoring?.string?.isEmpty ?? true {
            return unknown + [
                finding(
                    "head_series_limit \(amount) is not applied: there is no meta_monitoring_url",
                    at: limit.range, label: "never looked at", view, confidence: .likely,
                    repair:
                        "give write.global a meta_monitoring_url, the address of a Thanos Query "
                        + "that sees the receivers' own metrics")
            ]
        }
        // Routers and ingestors may read the same file.
        guard !receivers.contains(where: { $0.flags.mode != .ingestorOnly }) else { return unknown }
        return unknown + [
            finding(
                "head_series_limit \(amount) is not applied: only receivers with a hashring do",
                at: limit.range, label: "never looked at", view, confidence: .likely,
                repair: "set the limit on the routers, or give the receiver a hashring")
        ]
    }

    private func finding(
        _ message: String, at range: SourceRange, label: String, _ view: ClusterView,
        confidence: Confidence = .certain, repair: String
    ) -> Finding {
        Finding(
            message, object: group.reference, at: range, label: label, confidence: confidence,
            evidence: [
                EvidenceItem(
                    view.objectSource, "ConfigMap \(map.reference.name), key \(key)",
                    command: view.kubectl(
                        "get configmap \(map.reference.name) -o yaml",
                        namespace: map.reference.namespace))
            ],
            repair: Repair(text: repair), about: [map.reference])
    }
}

/// The fields of the file, which Thanos reads strictly (pkg/receive/limiter_config.go).
private enum LimitsSchema {
    private static let global = [
        "max_concurrency", "meta_monitoring_url", "meta_monitoring_http_client",
        "meta_monitoring_limit_query",
    ]
    private static let section = ["request", "head_series_limit"]
    private static let request = ["size_bytes_limit", "series_limit", "samples_limit"]

    /// Keys that are no fields, each with the name of what it stands in.
    static func unknownKeys(in root: Node) -> [(key: Node, parent: String)] {
        let write = root["write"]
        var found = keys(of: root, but: ["write"], "the file")
        found += keys(of: write, but: ["global", "default", "tenants"], "write")
        found += keys(of: write?["global"], but: global, "global")
        let tenants =
            write?["tenants"]?.entries.map { ($0.value, $0.key.string ?? "a tenant") } ?? []
        for (node, name) in [(write?["default"], "default")] + tenants {
            found += keys(of: node, but: section, name)
            found += keys(of: node?["request"], but: request, "request")
        }
        return found
    }

    private static func keys(
        of node: Node?, but known: [String], _ parent: String
    ) -> [(key: Node, parent: String)] {
        (node?.entries ?? []).compactMap { entry in
            entry.key.string.map { known.contains($0) } ?? true ? nil : (entry.key, parent)
        }
    }
}
