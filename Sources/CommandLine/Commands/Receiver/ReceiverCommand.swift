import ArgumentParser
import FoundationEssentials
import Glibc
import IncidentLab
import ReceiveFlags
import ReferenceReceiver

/// The reference receiver, which takes Thanos' flags and exits as Thanos does.
struct ReceiverCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receiver", abstract: "Runs the reference receiver with Thanos' own flags.",
        discussion: """
            Takes the flags of `thanos receive`, so that a pod's args can be pasted. It exits \
            as the real one: 0 after SIGTERM or SIGINT, 1 on a fatal start, 2 on a bad flag.

            Examples:
              thanosctl receiver --label='replica="0"' --tsdb.path=/tmp/receive
              thanosctl receiver --label='a="b"' --http-address=127.0.0.1:10902

            Flags that Thanos does not have:
              --wal-sync=batch|off  Whether answers wait for the disk (default: batch).
              --fault=NAME[=VALUE]  Misbehaves on purpose; may be repeated:
            \(Faults.help)
            """)

    @Argument(parsing: .captureForPassthrough, help: "Flags of thanos receive.")
    var flags: [String] = []

    static var endsBySignal: Bool { true }

    func execute(on console: Console) async throws -> ExitStatus {
        let environment = ProcessInfo.processInfo.environment
        if let user = environment[ReceiverVariables.user].flatMap({ UInt32($0) }) {
            Self.drop(to: user)
        }
        var words = flags.first == "receive" ? Array(flags.dropFirst()) : flags
        guard !words.contains(where: { ["--help", "-h"].contains($0) }) else {
            throw CleanExit.helpRequest(self)
        }
        let own: OwnFlags
        do throws(OwnFlagError) {
            own = try OwnFlags(extractingFrom: &words)
        } catch {
            console.note("thanosctl: error: \(error.message)")
            return .usage
        }
        let receiver = Receiver(
            flags: ParsedReceiveFlags(arguments: words), own: own,
            environment: ReceiverEnvironment(
                pathMappings: Self.mappings(environment[ReceiverVariables.paths] ?? ""),
                names: environment[ReceiverVariables.names].map(Self.names),
                log: { console.note($0) }))
        let code = await receiver.run()
        return ExitStatus(rawValue: code) ?? .internalError
    }

    /// Gives up root for good, as the kubelet would start it; without root there is none to lose.
    private static func drop(to user: UInt32) {
        guard geteuid() == 0 else { return }
        setgroups(0, nil)
        guard setgid(user) == 0, setuid(user) == 0 else { Glibc.exit(1) }
    }

    private static func names(_ text: String) -> [String: String] {
        Dictionary(mappings(text).map { ($0.shown, $0.real) }) { first, _ in first }
    }

    private static func mappings(_ text: String) -> [PathMapping] {
        text.split(separator: "\n").compactMap { line in
            let sides = line.split(separator: "=", maxSplits: 1).map(String.init)
            return sides.count == 2 ? PathMapping(shown: sides[0], real: sides[1]) : nil
        }
    }
}
