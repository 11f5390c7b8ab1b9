import Foundation
import PackagePlugin

/// Compiles the files of `fixtures/incidents` into a target as string literals, so that an
/// installed binary can stage the incidents without a checkout.
@main
struct IncidentEmbedding: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedIncidents+Files.swift")
        let incidents = context.package.directoryURL.appending(path: "fixtures/incidents")
        let folder = incidents.path(percentEncoded: false)
        let file = output.path(percentEncoded: false)
        // Folders are inputs as well, because a new file changes nothing but its folder.
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return [
            .buildCommand(
                displayName: "Embedding the incidents of \(target.name)",
                executable: try context.tool(named: "index-catalogue").url,
                arguments: ["incidents", folder, file],
                inputFiles: [incidents] + paths.sorted().map { incidents.appending(path: $0) },
                outputFiles: [output])
        ]
    }
}
