import ChildProcess
import CurlHTTP

/// Runs credential plug-ins: without a terminal, within a deadline, with bounded output.
package struct CredentialPlugins: Sendable {
    package var deadline: Duration

    package init(deadline: Duration = .seconds(30)) {
        self.deadline = deadline
    }

    func credential(
        _ plugin: CredentialPlugin, cluster: ClusterConnection, environment: [String: String]
    ) async throws(KubeconfigError) -> PluginCredential {
        var variables = environment
        for (name, value) in plugin.environment { variables[name] = value }
        variables["KUBERNETES_EXEC_INFO"] = plugin.request(for: cluster)
        let program = BoundedProgram(
            plugin.command, arguments: plugin.arguments, environment: variables,
            deadline: deadline)
        switch await program.run() {
        case .printed(let output): return try PluginCredential(output, of: plugin)
        case .failed(let what): throw plugin.failure(what)
        case .late: throw plugin.failure("it did not finish within \(deadline.inWords)")
        }
    }
}
