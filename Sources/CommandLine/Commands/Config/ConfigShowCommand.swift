import ArgumentParser

struct ConfigShowCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows the settings that count, and where each comes from.",
        discussion: """
            Takes the options of doctor, which beat the file.

            Examples:
              thanosctl config show
              thanosctl config show --context edge-02 --fail-on warning
            """)

    @OptionGroup var cluster: ClusterOptions
    @OptionGroup var probing: ProbeOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var limits: TimeOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var config: ConfigOptions

    func execute(on console: Console) async throws -> ExitStatus {
        let settings = try config.settings()
        let rows = SettingKey.allCases.flatMap { key in
            EffectiveSetting(key, given: given(key), settings: settings).rows
        }
        console.report(TextTable(["KEY", "VALUE", "FROM"], rows).text)
        return .success
    }

    /// What was typed.
    private func given(_ key: SettingKey) -> [String] {
        switch key {
        case .contexts: cluster.context
        case .kubeconfig: cluster.kubeconfig.map { [$0] } ?? []
        case .namespaces: cluster.namespace
        case .endpoints: probing.endpoint
        case .query: probing.query.map { [$0] } ?? []
        case .prometheus: probing.prometheus.map { [$0] } ?? []
        case .history: probing.history.map { [$0] } ?? []
        case .bucket: probing.bucket.map { ["\($0)"] } ?? []
        case .probeOnly: probing.probeOnly
        case .timeout: limits.timeout.map { [$0] } ?? []
        case .failOn: output.failOn.map { [$0] } ?? []
        case .only: selection.only
        case .skip: selection.skip
        }
    }
}

/// A key with what counts for it.
struct EffectiveSetting {
    /// Key, value and origin, a row for each value.
    let rows: [[String]]

    init(_ key: SettingKey, given: [String], settings: Settings) {
        let name = key.rawValue
        let shown = { (value: String) -> String in
            guard key == .contexts, let role = settings.roles[value] else { return value }
            return "\(value) (\(role.rawValue))"
        }
        let stated = settings.values[key] ?? []
        if !given.isEmpty {
            rows = given.map { [name, shown($0), key.option] }
        } else if !stated.isEmpty {
            rows = stated.map { [name, shown($0.value), $0.origin] }
        } else {
            rows = [[name, Self.fallback(key), "default"]]
        }
    }

    private static func fallback(_ key: SettingKey) -> String {
        switch key {
        case .contexts: "the kubeconfig's current context"
        case .kubeconfig: "KUBECONFIG, or ~/.kube/config"
        case .namespaces: "all"
        case .endpoints, .query, .prometheus, .skip: "none"
        case .history: History.usual
        case .bucket: "false"
        case .probeOnly: "what the cluster names"
        case .timeout: TimeOptions.usual
        case .failOn: OutputOptions.usualThreshold
        case .only: "all checks"
        }
    }
}
