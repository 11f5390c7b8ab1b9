import ArgumentParser
import Diagnosis
import Evidence
import FoundationEssentials
import Gathering

struct LintCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint", abstract: "Judges manifests before they are applied.",
        discussion: """
            Files, folders and `-` for standard input; Prometheus configurations too.

            Examples:
              thanosctl lint deploy/
              thanosctl lint -k overlays/central -o short
              helm template thanos | thanosctl lint -
            """)

    @Argument(help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"))
    var paths: [String] = []

    @Option(name: [.short, .customLong("filename")], help: "A file or folder. Repeatable.")
    var filename: [String] = []

    @Option(name: [.short, .customLong("kustomize")], help: "A kustomization to render.")
    var kustomize: [String] = []

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var plugins: PluginOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var config: ConfigOptions

    func execute(on console: Console) async throws -> ExitStatus {
        let settings = try config.settings()
        let selection = selection.completed(with: settings)
        let output = output.completed(with: settings)
        let started = Date()
        let clock = ContinuousClock.now
        let known = try plugins.load()
        let checks = try selection.checks(of: known.entries)
        try output.verify()
        let gathered = try await ManifestSources(paths + filename, kustomizations: kustomize)
            .gather()
        let isSilent = gathered.gaps.isEmpty
        guard !(gathered.views.isEmpty && isSilent) else {
            let places = (paths + filename + kustomize).joined(separator: ", ")
            throw UsageError(
                "nothing to judge: no Kubernetes object and no Prometheus configuration "
                    + "in \(places)")
        }
        let snapshot = await known.answering(
            Snapshot(
                views: gathered.views, gaps: gathered.gaps,
                checkouts: CheckoutGatherer(paths: paths + filename + kustomize)
                    .gather(for: gathered.views),
                now: started.timeIntervalSince1970),
            for: checks)
        let conclusion = await Conclusion.judging(snapshot, with: checks, causes: known.causes)
        return try ReportedRun(
            command: "lint", conclusion: conclusion, views: gathered.views, started: started,
            clock: clock
        ).end(output, on: console)
    }
}

/// Manifests from paths and kustomizations.
struct ManifestSources {
    private let paths: [String]
    private let kustomizations: [String]

    init(_ paths: [String], kustomizations: [String]) throws {
        guard !paths.isEmpty || !kustomizations.isEmpty else {
            throw UsageError("name a file, a folder, - for standard input, or -k KUSTOMIZATION")
        }
        self.paths = paths
        self.kustomizations = kustomizations
        for path in ManifestGatherer(paths: paths + kustomizations).absentPaths {
            throw UsageError("\(path): no such file or folder")
        }
    }

    func gather() async throws -> Gathered {
        var gathered = await ManifestGatherer(paths: paths).gather()
        for folder in kustomizations {
            gathered = gathered + (await KustomizeGatherer(folder: folder).gather())
        }
        return gathered
    }
}
