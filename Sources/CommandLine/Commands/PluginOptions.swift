import ArgumentParser
import CheckCatalogue
import ChildProcess
import Diagnosis
import Evidence
import ExternalChecks
import FoundationEssentials
import Reports

/// Checks from outside, beside those of the catalogue.
struct PluginOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder with checks of your own; see docs/plugins.md. Repeatable.",
            valueName: "folder"))
    var plugins: [String] = []

    /// Reads what describes them; nothing of theirs is run.
    func load() throws -> AllChecks {
        try AllChecks(
            pluginsIn: plugins, searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")
    }
}

/// The checks of the catalogue with those from outside, and the causes between them.
struct AllChecks {
    let entries: [CatalogueEntry]
    let causes: CauseGraph
    private let external: ExternalChecks

    init(pluginsIn folders: [String], searchPath: String = "") throws {
        do throws(PluginError) {
            external = try ExternalChecks(folders: folders, searchPath: searchPath)
            causes = try external.causes(
                joining: Catalogue.causes, known: Set(Catalogue.known.map(\.id)))
        } catch {
            throw UsageError(error.description)
        }
        entries =
            Catalogue.entries
            + external.checks.map { check in
                CatalogueEntry(component: "plugin", folder: check.id, check: check)
            }
    }

    var hasPlugins: Bool { !external.checks.isEmpty }

    /// Runs the plug-ins among the checks, and puts down what they said.
    func answering(_ snapshot: Snapshot, for checks: [Check]) async -> Snapshot {
        let chosen = external.selecting(Set(checks.map(\.id)))
        guard chosen.runsPrograms else { return snapshot }
        Orphans.adopt()
        defer { Orphans.end() }
        var snapshot = snapshot
        snapshot.answers = await chosen.answers(
            about: snapshot, variables: ProcessInfo.processInfo.environment,
            mask: Masking.masked)
        return snapshot
    }

    /// Every example of the checks from outside.
    func trials() async -> [PluginTrial] {
        await external.trials { await answering($0, for: external.checks) }
    }
}
