package import Diagnosis
import MarkedYAML

/// Checks that other people wrote; reading them runs nothing.
package struct ExternalChecks: Sendable {
    /// In the order in which they were found.
    package private(set) var checks: [Check] = []
    private(set) var executables: [ExecutablePlugin] = []
    private(set) var signatures: [LogSignature] = []

    package init() {}

    /// - Parameters:
    ///   - folders: named by the user, so that whatever is wrong in them is a mistake.
    ///   - searchPath: PATH; a folder that is not absolute is left out of it.
    package init(folders: [String], searchPath: String) throws(PluginError) {
        var seen: Set<String> = []
        for path in folders {
            guard let folder = PluginFolder(path) else {
                throw PluginError("no such folder of plug-ins, or not readable", file: path)
            }
            for file in try folder.executables() where seen.insert(file.program).inserted {
                try add(ExecutablePlugin(.pluginDocument(file.description), path: file.program))
            }
            for file in folder.signatureFiles where seen.insert(file).inserted {
                try addSignatures(.pluginDocument(file))
            }
        }
        for path in searchPath.split(separator: ":") where path.hasPrefix("/") {
            for file in PluginFolder(String(path))?.describedExecutables ?? []
            where seen.insert(file.program).inserted {
                try add(ExecutablePlugin(.pluginDocument(file.description), path: file.program))
            }
        }
    }

    /// Those of these ids.
    package func selecting(_ ids: Set<String>) -> ExternalChecks {
        var chosen = self
        chosen.checks.removeAll { !ids.contains($0.id) }
        chosen.executables.removeAll { !ids.contains($0.check.id) }
        chosen.signatures.removeAll { !ids.contains($0.fault.id.value) }
        return chosen
    }

    package var runsPrograms: Bool { !executables.isEmpty }

    private mutating func add(_ plugin: ExecutablePlugin) throws(PluginError) {
        executables.append(plugin)
        checks.append(plugin.check)
    }

    private mutating func addSignatures(_ document: Node) throws(PluginError) {
        let fields = try Fields(document, known: ["signatures"])
        for item in try fields.items("signatures") {
            let signature = try LogSignature(item)
            signatures.append(signature)
            checks.append(signature.check)
        }
    }

    private var faults: [FaultDescription] {
        executables.map(\.fault) + signatures.map(\.fault)
    }

    /// The catalogue's graph with the links of these checks in it.
    ///
    /// - Throws: an id that exists already, a link to one that does not, or one that closes a
    ///   cycle.
    package func causes(
        joining graph: CauseGraph, known: Set<String>
    ) throws(PluginError) -> CauseGraph {
        var ids = known
        for fault in faults where !ids.insert(fault.id.value).inserted {
            throw PluginError(
                "there is a check '\(fault.id.value)' already; an id is used once",
                at: fault.id.range)
        }
        var graph = graph
        for fault in faults {
            for link in fault.symptomOf + fault.causes where !ids.contains(link.value) {
                throw PluginError("there is no check '\(link.value)'", at: link.range)
            }
            let links =
                fault.symptomOf.map { ($0, cause: $0.value, effect: fault.id.value) }
                + fault.causes.map { ($0, cause: fault.id.value, effect: $0.value) }
            for (link, cause, effect) in links {
                graph.add(cause: cause, effect: effect)
                guard let cycle = graph.cycle else { continue }
                throw PluginError(
                    "this closes a circle of causes: \(cycle.joined(separator: " -> "))",
                    at: link.range)
            }
        }
        return graph
    }
}
