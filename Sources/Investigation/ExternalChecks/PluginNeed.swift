import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// A piece of evidence that a plug-in asks for, by the name that the catalogue has for it.
struct PluginNeed: Sendable {
    let need: EvidenceNeed
    let read: @Sendable (Snapshot, ClusterView, Concealment) -> Reading<ShownEvidence>

    /// A name, `name?` for what may be missing, or `name: [families]` for metrics.
    init(_ node: Node) throws(PluginError) {
        let entry = node.kind == .mapping && node.count == 1 ? node.entries.first : nil
        guard let text = (entry?.key ?? node).string else {
            throw PluginError("a need is a name, or a name with a list of metrics", at: node.range)
        }
        let isOptional = text.hasSuffix("?")
        let name = isOptional ? String(text.dropLast()) : text
        if let entry {
            let families = entry.value.items.compactMap(\.string)
            guard !families.isEmpty, let need = Self.metrics(name, families, isOptional) else {
                throw PluginError(
                    "only receiver-metrics and agent-metrics take a list, of metric names",
                    at: node.range)
            }
            self = need
        } else if let need = Self.named(name, isOptional) {
            self = need
        } else {
            throw PluginError(
                "unknown evidence '\(name)'; there is \(Self.names), and resources such as "
                    + "statefulsets.apps", at: node.range)
        }
    }

    private static let names =
        "receivers, agents, receiver-logs, agent-logs, component-logs, probes, "
        + "receiver-metrics: [NAME], agent-metrics: [NAME]"

    private init<Value>(
        _ key: EvidenceKey<Value>, isOptional: Bool,
        _ show: @escaping @Sendable (Value, Concealment) -> ShownEvidence
    ) {
        let wished = EvidenceKey<Value?>.asFarAsSeen(key)
        need = isOptional ? EvidenceNeed(wished) : EvidenceNeed(key)
        read = { snapshot, view, hiding in
            if isOptional {
                switch wished.read(snapshot, view) {
                case .known(let value, gaps: let gaps):
                    return .known(value.map { show($0, hiding) } ?? .none, gaps: gaps)
                case .missing(let missing): return .missing(missing)
                }
            }
            switch key.read(snapshot, view) {
            case .known(let value, gaps: let gaps): return .known(show(value, hiding), gaps: gaps)
            case .missing(let missing): return .missing(missing)
            }
        }
    }

    private static func named(_ name: String, _ isOptional: Bool) -> PluginNeed? {
        switch name {
        case "receivers":
            return PluginNeed(.receivers, isOptional: isOptional) { .receivers($0, $1) }
        case "agents":
            return PluginNeed(.agents, isOptional: isOptional) { .agents($0, $1) }
        case "receiver-logs":
            return PluginNeed(.receiverLogs, isOptional: isOptional) {
                .logs("receiverLogs", $0.map { ($0.group.reference, $0.logs) }, $1)
            }
        case "agent-logs":
            return PluginNeed(.agentLogs, isOptional: isOptional) {
                .logs("agentLogs", $0.map { ($0.agent.reference, $0.logs) }, $1)
            }
        case "component-logs":
            return PluginNeed(.componentLogs, isOptional: isOptional) {
                .logs("componentLogs", $0.map { ($0.component.reference, $0.logs) }, $1)
            }
        case "probes":
            return PluginNeed(.probes, isOptional: isOptional) { .probes($0, $1) }
        case _:
            guard let resource = ResourceType.all.first(where: { $0.qualifiedName == name }) else {
                return nil
            }
            return PluginNeed(.objects(resource), isOptional: isOptional) { .objects(name, $0, $1) }
        }
    }

    private static func metrics(
        _ name: String, _ families: [String], _ isOptional: Bool
    ) -> PluginNeed? {
        switch name {
        case "receiver-metrics":
            PluginNeed(.receiverMetrics(of: families), isOptional: isOptional) { groups, _ in
                .metrics("receiverMetrics", groups.flatMap(\.pods), families)
            }
        case "agent-metrics":
            PluginNeed(.agentMetrics(of: families), isOptional: isOptional) { agents, _ in
                .metrics("agentMetrics", agents.flatMap(\.pods), families)
            }
        case _: nil
        }
    }
}
