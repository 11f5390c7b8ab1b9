import ArgumentParser

struct ConfigValidateCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Lists the mistakes of a file of settings.",
        discussion: """
            Examples:
              thanosctl config validate
              thanosctl config validate --config clusters/thanosctl.yaml
            """)

    @OptionGroup var config: ConfigOptions

    func execute(on console: Console) async throws -> ExitStatus {
        guard let path = config.path else {
            throw UsageError("there is no thanosctl.yaml here; name a file with --config FILE")
        }
        let problems = try config.reading(path).problems
        for problem in problems { console.note("\(problem)") }
        guard problems.isEmpty else { return .usage }
        console.report("\(path) is valid\n")
        return .success
    }
}
