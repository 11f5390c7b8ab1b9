package import KubernetesModel
package import MarkedYAML

/// A workload that runs another part of Thanos than `receive`, or the receive controller.
package struct ThanosComponent: Sendable {
    /// The subcommand of `thanos`; the controller is a program of its own.
    package enum Program: String, Sendable {
        case query, store, compact, rule, sidecar
        case queryFrontend = "query-frontend"
        case receiveController = "thanos-receive-controller"
    }

    /// One flag as it is written.
    package struct Flag: Sendable {
        /// With its dashes: `--endpoint`.
        package let name: String
        /// The value with the place of its argument; empty for a switch.
        package let value: Marked<String>
    }

    package let program: Program
    package let workload: Workload
    package let container: Container
    package let flags: [Flag]
    /// Services whose selector matches the pods.
    package let services: [ServiceObject]
    package let pods: [Pod]
    package let objectStore: ObjectStoreSource

    package var reference: ObjectReference { workload.reference }
    package var version: Version? { container.image?.version }

    /// The values of a flag, which may be repeated.
    package func values(of name: String) -> [Marked<String>] {
        flags.filter { $0.name == name }.map(\.value)
    }

    package func isGiven(_ name: String) -> Bool { flags.contains { $0.name == name } }

    init?(_ command: ContainerCommand, objects: Objects) {
        guard let (program, start) = Self.program(of: command) else { return nil }
        self.program = program
        let workload = command.workload
        self.workload = workload
        container = command.container
        flags = Self.flags(in: Array(command.arguments.values[start...]))
        services = objects.of(kind: "Service").compactMap(ServiceObject.init).filter {
            $0.selects(workload.podLabels, in: workload.namespace)
        }
        pods = objects.pods(of: workload)
        let file = flags.last { $0.name == "--objstore.config-file" }?.value.value
        objectStore = ObjectStoreSource(
            file: file, inline: flags.last { $0.name == "--objstore.config" }?.value,
            workload: workload, container: command.container, objects: objects)
    }

    /// By program and subcommand, never by the workload's name.
    private static func program(of command: ContainerCommand) -> (Program, start: Int)? {
        let words = command.words
        if command.image?.name == Program.receiveController.rawValue
            || words.first?.hasSuffix(Program.receiveController.rawValue) == true
        {
            return (.receiveController, 0)
        }
        let isThanos =
            command.image?.repository.contains("thanos") == true
            || words.first?.hasSuffix("thanos") == true
        guard isThanos,
            let index = words.firstIndex(where: { !$0.hasPrefix("-") && !$0.hasSuffix("thanos") }),
            let program = Program(rawValue: words[index]), program != .receiveController
        else { return nil }
        return (program, index + 1)
    }

    /// `--name=value`, `--name value` and `--name`, as kingpin reads them.
    private static func flags(in arguments: [Marked<String>]) -> [Flag] {
        var flags: [Flag] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let text = argument.value
            guard text.hasPrefix("--") else { continue }
            if let equals = text.firstIndex(of: "=") {
                let value = String(text[text.index(after: equals)...])
                flags.append(
                    Flag(name: String(text[..<equals]), value: Marked(value, at: argument.range)))
            } else if let next = rest.first, !next.value.hasPrefix("-") {
                flags.append(Flag(name: text, value: next))
                rest.removeFirst()
            } else {
                flags.append(Flag(name: text, value: Marked("", at: argument.range)))
            }
        }
        return flags
    }
}
