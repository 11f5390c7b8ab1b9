/// A key of `thanosctl.yaml`; each stands for an option that beats it.
enum SettingKey: String, CaseIterable, Sendable {
    case contexts, kubeconfig, namespaces, endpoints, query, prometheus, history, bucket, probeOnly
    case timeout, failOn, only, skip

    /// How its value is written.
    enum Shape: Sendable { case text, list, contexts, boolean }

    var shape: Shape {
        switch self {
        case .contexts: .contexts
        case .kubeconfig, .query, .prometheus, .history, .timeout, .failOn: .text
        case .namespaces, .endpoints, .probeOnly, .only, .skip: .list
        case .bucket: .boolean
        }
    }

    /// The option of the commands.
    var option: String {
        switch self {
        case .contexts: "--context"
        case .kubeconfig: "--kubeconfig"
        case .namespaces: "--namespace"
        case .endpoints: "--endpoint"
        case .query: "--query"
        case .prometheus: "--prometheus"
        case .history: "--history"
        case .bucket: "--bucket"
        case .probeOnly: "--probe-only"
        case .timeout: "--timeout"
        case .failOn: "--fail-on"
        case .only: "--only"
        case .skip: "--skip"
        }
    }
}
