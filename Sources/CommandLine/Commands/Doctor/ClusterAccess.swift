import CurlHTTP
import FoundationEssentials
import KubernetesAPI

/// The way into the clusters that a kubeconfig knows.
struct ClusterAccess: Sendable {
    let kubeconfig: String?
    let deadline: ContinuousClock.Instant

    /// As long as kubectl's users are used to wait for a browser or a token service.
    private static let pluginPatience = Duration.seconds(30)

    /// Without a name, the current context.
    func client(_ context: String?) async throws(KubeconfigError) -> KubernetesClient {
        let connection = try await Kubeconfig.connection(
            KubeconfigSource(
                explicitPath: kubeconfig, environment: ProcessInfo.processInfo.environment),
            context: context,
            plugins: CredentialPlugins(deadline: min(Self.pluginPatience, deadline - .now)))
        return KubernetesClient(
            connection, transport: CurlClient(), budget: budget,
            userAgent: "thanosctl/\(Version.number)")
    }

    /// One kind that hangs may not take the time of the logs and probes that come after the lists.
    private var budget: RequestBudget {
        RequestBudget(
            deadline: deadline, perRequest: min(.seconds(15), (deadline - .now) / 2))
    }
}
