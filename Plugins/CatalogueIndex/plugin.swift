import PackagePlugin

/// Lists the checks below a target's folder in a source file of that target, so that adding a
/// folder is adding a check.
@main
struct CatalogueIndex: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let output = context.pluginWorkDirectoryURL.appending(path: "CatalogueIndex.swift")
        let folder = target.directoryURL.path(percentEncoded: false)
        let file = output.path(percentEncoded: false)
        return [
            .buildCommand(
                displayName: "Indexing the checks of \(target.name)",
                executable: try context.tool(named: "index-catalogue").url,
                arguments: ["checks", folder, file],
                // All files, the READMEs too: one that a plug-in claims is not unhandled.
                inputFiles: target.sourceModule?.sourceFiles.map(\.url) ?? [],
                outputFiles: [output])
        ]
    }
}
