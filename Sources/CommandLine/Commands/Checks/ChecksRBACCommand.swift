import ArgumentParser
import Diagnosis
import Gathering

struct ChecksRBACCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rbac", abstract: "Prints the rights that the checks need, and no more.",
        discussion: """
            Bind what it prints to the user of the context. Secrets are read one by one, by the \
            name that a pod mounts, and only for checks that judge what is in them.

            Examples:
              thanosctl checks rbac | kubectl apply -f -
              thanosctl checks rbac -n monitoring --only storage,network
            """)

    @Option(name: .shortAndLong, help: "Grant them in this namespace only. Repeatable.")
    var namespace: [String] = []

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var plugins: PluginOptions

    func execute(on console: Console) async throws -> ExitStatus {
        let plan = GatheringPlan(try selection.checks(of: plugins.load().entries).flatMap(\.needs))
        console.report(AccessManifest(plan, namespaces: namespace).yaml)
        return .success
    }
}
