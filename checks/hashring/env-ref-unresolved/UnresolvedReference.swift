import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// A reference to a variable that stands in a container's arguments and stays there.
struct UnresolvedReference {
    let name: String
    let range: SourceRange
    let container: Container
    /// `${VAR}`, which nothing expands, rather than `$(VAR)`.
    var isShellStyle = false
    /// Whether the variable is defined, but behind the entry of `env` that uses it.
    var isTooLate = false
    var isCertain = true

    /// As it is written.
    var text: String { isShellStyle ? "${\(name)}" : "$(\(name))" }

    static func all(
        in container: Container, of workload: Workload, _ view: ClusterView
    ) -> [UnresolvedReference] {
        let elsewhere = view.otherManifests(of: workload).flatMap { other in
            other.podSpec?.containers.filter { $0.name == container.name } ?? []
        }
        guard container.image != nil || view.isCluster, !container.runsShell,
            !elsewhere.contains(where: \.takesForeignEnvironment)
        else { return [] }
        let known = Set(elsewhere.flatMap { $0.environment.keys })
        return (absent(in: container) + late(in: container) + shellStyle(in: container, view))
            .filter { !known.contains($0.name) }
    }

    private static func absent(in container: Container) -> [UnresolvedReference] {
        Arguments(container).undefined.filter { !isInjected($0.value) }.map {
            UnresolvedReference(name: $0.value, range: $0.range, container: container)
        }
    }

    /// Kubernetes itself defines variables for the Services of the namespace (`SHOP_SERVICE_HOST`,
    /// `SHOP_PORT_80_TCP_ADDR`).
    private static func isInjected(_ name: String) -> Bool {
        name.contains("_SERVICE_") || name.hasSuffix("_PORT") || name.contains("_PORT_")
    }

    /// An entry of `env` sees only those before it; what no argument uses is another program's.
    private static func late(in container: Container) -> [UnresolvedReference] {
        guard !container.takesForeignEnvironment else { return [] }
        let words = (container.command + container.arguments).map(\.value)
        var defined: Set<String> = []
        var late: [UnresolvedReference] = []
        for entry in container.node["env"].items {
            guard let name = entry["name"]?.string else { continue }
            defer { defined.insert(name) }
            guard let value = entry["value"]?.markedString,
                words.contains(where: { $0.contains("$(\(name))") })
            else { continue }
            for reference in references(in: value.value, open: "$(", close: ")")
            where !defined.contains(reference) && !isInjected(reference) {
                late.append(
                    UnresolvedReference(
                        name: reference, range: value.range, container: container,
                        isTooLate: true))
            }
        }
        return late
    }

    /// In manifests `${VAR}` may be filled in by what applies them, so there only a variable that
    /// the container defines tells that the pod's own was meant.
    private static func shellStyle(
        in container: Container, _ view: ClusterView
    ) -> [UnresolvedReference] {
        let environment = container.environment
        return (container.command + container.arguments).flatMap { argument in
            guard isPlainFlag(argument.value) else { return [UnresolvedReference]() }
            return references(in: argument.value, open: "${", close: "}")
                .filter { view.isCluster || environment[$0] != nil }
                .map {
                    UnresolvedReference(
                        name: $0, range: argument.range, container: container, isShellStyle: true,
                        isCertain: view.isCluster)
                }
        }
    }

    /// Relabelling and templates have a use for `${1}` and `${name}` of their own.
    private static func isPlainFlag(_ text: String) -> Bool {
        text.hasPrefix("--") && !text.contains("\n")
            && !["relabel", "config=", "template", "alert."].contains(where: text.contains)
    }

    private static func references(in text: String, open: String, close: Character) -> [String] {
        text.ranges(of: open).compactMap { start in
            let name = text[start.upperBound...].prefix { $0 != close }
            let isName = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
            let isEscaped = text[..<start.lowerBound].hasSuffix("$")
            let isClosed = name.endIndex != text.endIndex
            guard isName, isClosed, !isEscaped, name.first?.isNumber == false else { return nil }
            return String(name)
        }
    }
}

extension UnresolvedReference {
    /// The field of the pod that people mean by such a name.
    var field: String? {
        switch name {
        case "POD_NAME", "NAME", "HOSTNAME", "POD", "INSTANCE": "metadata.name"
        case "NAMESPACE", "POD_NAMESPACE": "metadata.namespace"
        case "POD_IP": "status.podIP"
        case "NODE_NAME": "spec.nodeName"
        case "HOST_IP", "HOST_IP_ADDRESS": "status.hostIP"
        case _: nil
        }
    }

    /// The name under which the container has that field already.
    var otherName: String? {
        field.flatMap { field in
            container.environment.filter { $0.value == .field(field) }.map(\.key).min()
        }
    }

    /// The change of the argument alone that mends it, when there is one.
    var edit: TextEdit? {
        if isShellStyle {
            return .replacing(
                text, with: "$(\(name))", within: range)
        }
        return isTooLate
            ? nil : otherName.flatMap { .replacing(text, with: "$(\($0))", within: range) }
    }
}

extension Container {
    /// Whether a shell reads the arguments, and expands what Kubernetes leaves.
    fileprivate var runsShell: Bool {
        guard let program = (command + arguments).first?.value.split(separator: "/").last else {
            return false
        }
        return program.hasSuffix("sh")
    }
}
