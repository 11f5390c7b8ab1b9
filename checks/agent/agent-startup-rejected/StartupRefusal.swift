import KubernetesModel
import MarkedYAML
import PipelineModel

/// One thing for which a Prometheus in agent mode does not start, or not as an agent.
struct StartupRefusal {
    /// What stands there, and what Prometheus says to it.
    let message: String
    let range: SourceRange
    let label: String
    let advice: String
    var edit: TextEdit?

    /// Everything that the release that runs is known to refuse.
    static func all(of agent: Agent) -> [StartupRefusal] {
        guard agent.isPrometheus, agent.workload != nil else { return [] }
        return switches(of: agent) + flags(of: agent) + sections(of: agent) + writes(of: agent)
    }

    /// The switch of the other major release.
    private static func switches(of agent: Agent) -> [StartupRefusal] {
        if let missing = missingSwitch(of: agent) { return [missing] }
        guard let version = agent.version else { return [] }
        if version < Version(3, 0), let flag = agent.flag("agent") {
            return [
                StartupRefusal(
                    message: "the flag --agent is not known to Prometheus \(version), which exits",
                    range: flag.range, label: "known since 3.0",
                    advice: "write --enable-feature=agent, or run Prometheus 3",
                    edit: .replacing("--agent", with: "--enable-feature=agent", within: flag.range))
            ]
        }
        let feature = agent.flags.last { flag in
            flag.name == "enable-feature"
                && flag.value.split(separator: ",").contains { $0 == "agent" }
        }
        guard version >= Version(3, 0), agent.flag("agent") == nil, let feature else { return [] }
        let own = agent.flags.first { $0.name.hasPrefix("storage.agent.") }
        let outcome =
            own.map { "takes itself for a server, and exits at --\($0.name)" }
            ?? "starts as a full server with a TSDB of its own"
        return [
            StartupRefusal(
                message: "the feature agent is not known to Prometheus \(version): it \(outcome)",
                range: feature.range, label: "--agent since 3.0", advice: "write --agent instead",
                edit: feature.value == "agent" && feature.range.text.contains("=agent")
                    ? .replacing("--enable-feature=agent", with: "--agent", within: feature.range)
                    : nil)
        ]
    }

    /// An agent's flag without the switch that makes it one.
    private static func missingSwitch(of agent: Agent) -> StartupRefusal? {
        let isAgent =
            agent.flag("agent") != nil
            || agent.flags.contains { flag in
                flag.name == "enable-feature"
                    && flag.value.split(separator: ",").contains { $0 == "agent" }
            }
        guard !isAgent, let own = agent.flags.first(where: { $0.name.hasPrefix("storage.agent.") })
        else { return nil }
        let isOld = agent.version.map { $0 < Version(3, 0) }
        let remedy = isOld.map { $0 ? "--enable-feature=agent" : "--agent" }
        return StartupRefusal(
            message: "the switch that makes it an agent is missing: Prometheus takes itself for a "
                + "server, and exits at --\(own.name)",
            range: own.range, label: "only in agent mode",
            advice: "add \(remedy ?? "--agent, or --enable-feature=agent before 3.0")")
    }

    private static func flags(of agent: Agent) -> [StartupRefusal] {
        agent.flags.filter { flag in
            serverFlags.contains(flag.name)
                || serverPrefixes.contains { flag.name.hasPrefix($0) }
        }.map { flag in
            StartupRefusal(
                message: "an agent exits at the flag --\(flag.name), which is a server's",
                range: flag.range, label: "not in agent mode",
                advice: flag.name == "storage.tsdb.path"
                    ? "write --storage.agent.path instead"
                    : flag.name.hasPrefix("storage.tsdb.retention")
                        ? "write --storage.agent.retention.max-time instead"
                        : "take the flag out")
        }
    }

    /// Prometheus' cmd/prometheus/main.go, `serverOnlyFlag`.
    private static let serverPrefixes = [
        "storage.tsdb.", "storage.remote.read-", "rules.", "alertmanager.",
    ]
    private static let serverFlags: Set = [
        "query.lookback-delta", "query.timeout", "query.max-concurrency", "query.max-samples",
        "web.search.max-limit",
    ]

    /// Sections that are refused when they hold something (Prometheus' config.go, `LoadFile`).
    private static func sections(of agent: Agent) -> [StartupRefusal] {
        guard let root = agent.configuration?.node else { return [] }
        let filled = [
            ("rule_files", root["rule_files"].items), ("remote_read", root["remote_read"].items),
            (
                "alerting",
                root["alerting"].map {
                    $0["alertmanagers"].items + $0["alert_relabel_configs"].items
                } ?? []
            ),
        ]
        return filled.compactMap { name, items in
            guard !items.isEmpty, let key = root.key(name) else { return nil }
            return StartupRefusal(
                message: "an agent exits at the section \(name): it is not allowed in agent mode",
                range: key.range, label: "not in agent mode",
                advice: "take \(name) out",
                edit: .removing(key: name, from: root))
        }
    }

    /// Entries of remote_write that are refused: the same twice, or a field that no release has.
    private static func writes(of agent: Agent) -> [StartupRefusal] {
        let nodes = (agent.configuration?.remoteWrites ?? []).compactMap(\.node)
        var seen: Set<JSONValue> = []
        let twins = nodes.filter { !seen.insert($0.plainValue).inserted }.map { node in
            StartupRefusal(
                message: "a remote_write stands there twice, and Prometheus exits at it",
                range: (node["url"] ?? node).range, label: "the same once more",
                advice: "take one of them out, or give them names that differ")
        }
        var names: Set<String> = []
        let namesakes = nodes.compactMap { $0["name"] }.filter { name in
            name.string.map { !names.insert($0).inserted } ?? false
        }.map { name in
            StartupRefusal(
                message: "two remote_write are named \(name.string ?? ""), and Prometheus exits",
                range: name.range, label: "the name once more", advice: "give it another name")
        }
        let misspelt = nodes.compactMap { $0.key("header") }.map { key in
            StartupRefusal(
                message:
                    "the field header of remote_write is not known, and Prometheus exits at it",
                range: key.range, label: "headers is the field", advice: "write headers",
                edit: .replacing(key, with: "headers"))
        }
        return (twins.isEmpty ? namesakes : twins) + misspelt
    }
}
