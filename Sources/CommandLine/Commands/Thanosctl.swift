import ArgumentParser

/// The root of the command tree.
struct Thanosctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thanosctl",
        abstract: "Finds out why metrics do not arrive: Prometheus agent to Thanos Receive to S3.",
        discussion: """
            Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 usage error or nothing \
            to judge; 3 not everything could be judged; 4 internal error; 130/143 interrupted.

            Examples:
              thanosctl doctor --context central
              thanosctl lint deploy/ -o short
              thanosctl lab run tsdb-permission-denied
            """,
        version: Version.number,
        subcommands: [
            DoctorCommand.self, LintCommand.self, ExplainCommand.self, ChecksCommand.self,
            ConfigCommand.self, HashringCommand.self, LabCommand.self, LogsCommand.self,
            ReceiverCommand.self, VersionCommand.self,
        ])
}

/// The release of this program.
enum Version {
    static let number = "0.1.0"
    static let line = "thanosctl \(number)\n"
}
