import CurlHTTP
import Subprocess

/// Runs credential plug-ins: without a terminal, within a deadline, with bounded output.
package struct CredentialPlugins: Sendable {
    package var deadline: Duration

    /// Real answers are a few KiB: a token, or a certificate chain with its key.
    private static let outputLimit = 1 << 20

    package init(deadline: Duration = .seconds(30)) {
        self.deadline = deadline
    }

    func credential(
        _ plugin: CredentialPlugin, cluster: ClusterConnection, environment: [String: String]
    ) async throws(KubeconfigError) -> PluginCredential {
        let output = try await run(plugin, plugin.request(for: cluster), environment)
        return try PluginCredential(output, of: plugin)
    }

    private func run(
        _ plugin: CredentialPlugin, _ request: String, _ environment: [String: String]
    ) async throws(KubeconfigError) -> [UInt8] {
        let ending = await ending(of: plugin, request, environment)
        switch ending {
        case .printed(let bytes): return bytes
        case .failed(let what): throw plugin.failure(what)
        case .late: throw plugin.failure("it did not finish within \(deadline.inWords)")
        }
    }

    private enum Ending: Sendable {
        case printed([UInt8])
        case failed(String)
        case late
    }

    /// Whichever comes first; the loser is cancelled, which ends the plug-in and its children.
    private func ending(
        of plugin: CredentialPlugin, _ request: String, _ environment: [String: String]
    ) async -> Ending {
        await withTaskGroup(of: Ending.self) { group in
            group.addTask { await Self.execute(plugin, request, environment) }
            group.addTask {
                try? await Task.sleep(for: deadline)
                return .late
            }
            let first = await group.next() ?? .late
            group.cancelAll()
            return first
        }
    }

    private static func execute(
        _ plugin: CredentialPlugin, _ request: String, _ environment: [String: String]
    ) async -> Ending {
        var variables = environment
        for (name, value) in plugin.environment { variables[name] = value }
        variables["KUBERNETES_EXEC_INFO"] = request
        var platform = PlatformOptions()
        // A group of its own, so that what the plug-in started ends with it.
        platform.processGroupID = 0
        platform.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))
        ]
        let executable: Executable =
            plugin.command.contains("/") ? .path(literal(plugin.command)) : .name(plugin.command)
        do {
            let result = try await Subprocess.run(
                executable, arguments: Arguments(plugin.arguments),
                environment: .custom(
                    Dictionary(uniqueKeysWithValues: variables.map { (literal($0), $1) })),
                platformOptions: platform, input: .none, output: .bytes(limit: outputLimit),
                error: .string(limit: outputLimit))
            guard case .exited(0) = result.terminationStatus else {
                return .failed(
                    "it ended with \(result.terminationStatus)"
                        + Self.lastLine(result.standardError))
            }
            return .printed(result.standardOutput)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            return .failed("there is no such program")
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            return .failed("it printed more than 1 MiB")
        } catch {
            return .failed("it could not be run")
        }
    }

    /// A `FilePath` or `Environment.Key` from text, without importing the module of the former.
    private static func literal<Value: ExpressibleByStringLiteral>(_ text: String) -> Value
    where Value.StringLiteralType == String {
        Value(stringLiteral: text)
    }

    /// What a plug-in says on stderr is meant for people; one line of it is enough.
    private static func lastLine(_ text: String?) -> String {
        let line = text?.split(whereSeparator: \.isNewline).last?.prefix(300) ?? ""
        return line.isEmpty ? "" : ", saying \(String(line).debugDescription)"
    }
}
