import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags
import ReferenceReceiver
import Subprocess
import Synchronization
import SystemPackage

/// One staged receiver: in this process, or in one of its own when it must not be privileged.
struct ReceiverProcess: Sendable {
    let receiver: StageDescription.StagedReceiver
    let arguments: [String]
    let mappings: [PathMapping]
    /// Where the staged nodes are; the lab looks no name up anywhere else.
    let names: [String: String]
    /// The program to start for an unprivileged receiver.
    let executable: String

    /// The container's arguments with its environment filled in, bound to the staged address.
    static func arguments(_ receiver: StageDescription.StagedReceiver, pod: Pod) -> [String] {
        let container = pod.object.spec.map(PodSpec.init)?.containers.first {
            $0.arguments.contains { $0.value == "receive" }
        }
        let words = receiver.arguments ?? container?.arguments.map(\.value) ?? []
        return words.filter { word in
            word != "receive" && !receiver.without.contains { word.hasPrefix($0) }
        }.map { word in
            word.replacing("$(NAME)", with: pod.name)
                .replacing("$(POD_NAME)", with: pod.name)
                .replacing("$(NAMESPACE)", with: pod.namespace ?? "")
                .replacing("=0.0.0.0:", with: "=\(receiver.address):")
        }
    }

    /// Runs until cancelled, or until it exits by itself; the exit code and its last lines.
    func run(onReady: @escaping @Sendable () -> Void) async -> (exitCode: Int32, lines: [String]) {
        receiver.isUnprivileged ? await runChild(onReady: onReady) : await runHere(onReady)
    }

    private func runHere(
        _ onReady: @escaping @Sendable () -> Void
    ) async -> (exitCode: Int32, lines: [String]) {
        let lines = RecentLines()
        let environment = ReceiverEnvironment(
            pathMappings: mappings, names: names, log: { lines.append($0) },
            onEvent: { if $0 == .ready { onReady() } })
        var words = arguments
        do throws(OwnFlagError) {
            let own = try OwnFlags(extractingFrom: &words)
            let flags = ParsedReceiveFlags(arguments: words)
            let receiver = Receiver(flags: flags, own: own, environment: environment)
            return (await receiver.run(), lines.all)
        } catch {
            return (2, [error.message])
        }
    }

    /// The identity that the incident's container has: 65534, which owns nothing.
    private static let unprivilegedUser = "65534"

    private func runChild(
        onReady: @escaping @Sendable () -> Void
    ) async -> (exitCode: Int32, lines: [String]) {
        let paths = mappings.map { "\($0.shown)=\($0.real)" }.joined(separator: "\n")
        let table = names.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "\n")
        do {
            let result = try await Subprocess.run(
                .path(.init(executable)), arguments: Arguments(["receiver"] + arguments),
                environment: .inherit.updating([
                    .init(stringLiteral: ReceiverVariables.user): Self.unprivilegedUser,
                    .init(stringLiteral: ReceiverVariables.paths): paths,
                    .init(stringLiteral: ReceiverVariables.names): table,
                ]),
                output: .discarded, error: .string(limit: 1 << 20))
            let lines = result.standardError.split(separator: "\n").map(String.init)
            guard case .exited(let code) = result.terminationStatus else { return (-1, lines) }
            return (code, lines)
        } catch {
            return (-1, ["the receiver could not be started: \(error)"])
        }
    }
}

/// How the lab tells a receiver in a process of its own what it stands for.
package enum ReceiverVariables {
    /// The user and group id to change to before anything else.
    package static let user = "THANOSCTL_RECEIVER_USER"
    /// `SHOWN=REAL` path pairs, one a line.
    package static let paths = "THANOSCTL_RECEIVER_PATHS"
    /// `NAME=ADDRESS` pairs, one a line; where it is set, no other name is looked up.
    package static let names = "THANOSCTL_RECEIVER_NAMES"
}

/// The last lines of a log, shared by whoever writes them.
final class RecentLines: Sendable {
    private let lines = Mutex<[String]>([])

    func append(_ line: String) {
        lines.withLock { lines in
            lines.append(line)
            if lines.count > 200 { lines.removeFirst(100) }
        }
    }

    var all: [String] { lines.withLock { $0 } }
}
