import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import Subprocess

/// Renders a kustomization with `kustomize build` or `kubectl kustomize` and reads the result.
///
/// What a complete render does not hold does not exist, so missing references are certain.
package struct KustomizeGatherer: Sendable {
    package let folder: String
    private let limits: ReadingLimits

    package init(folder: String) {
        self.folder = folder
        limits = .standard
    }

    package func gather() async -> Gathered {
        var failures: [String] = []
        for program in [("kustomize", ["build", folder]), ("kubectl", ["kustomize", folder])] {
            switch await render(program.0, program.1) {
            case .text(let bytes): return read(bytes, by: program.0)
            case .notInstalled: failures.append("\(program.0) is not installed")
            case .failed(let reason):
                return gap("\(program.0) \(program.1.joined(separator: " ")): \(reason)")
            }
        }
        return gap("\(folder): \(failures.joined(separator: ", ")); install one of them")
    }

    private enum Render: Sendable {
        case text([UInt8])
        case notInstalled
        case failed(String)
    }

    /// A render of a large repository takes seconds; remote bases may take for ever.
    private static let patience = Duration.seconds(60)

    private func render(_ program: String, _ arguments: [String]) async -> Render {
        await withTaskGroup(of: Render.self) { group in
            group.addTask { await output(of: program, arguments) }
            group.addTask {
                // Cancelled when the program is done; then nobody reads the answer.
                try? await Task.sleep(for: Self.patience)
                return .failed("it did not finish within \(Self.patience)")
            }
            defer { group.cancelAll() }
            return await group.next() ?? .notInstalled
        }
    }

    private func output(of program: String, _ arguments: [String]) async -> Render {
        do {
            let result = try await run(
                .name(program), arguments: Arguments(arguments),
                output: .bytes(limit: limits.bytes), error: .string(limit: 16 << 10))
            guard result.terminationStatus.isSuccess else {
                let lines = result.standardError.split(separator: "\n")
                return .failed(lines.first.map(String.init) ?? "\(result.terminationStatus)")
            }
            return .text(result.standardOutput)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            return .notInstalled
        } catch {
            return .failed("\(error)")
        }
    }

    private func read(_ bytes: [UInt8], by program: String) -> Gathered {
        let verb = program == "kubectl" ? "kubectl kustomize" : "kustomize build"
        let source = SourceText(name: "\(verb) \(folder)", bytes: bytes)
        let file = ManifestFile(source, path: folder, limits: limits)
        let objects = Objects(file.objects)
        let view = ClusterView(
            name: folder, source: .manifests(isComplete: true), objects: objects,
            pipeline: Pipeline(objects, configurations: file.configurations))
        return Gathered(views: file.objects.isEmpty ? [] : [view], gaps: file.gaps)
    }

    private func gap(_ reason: String) -> Gathered {
        Gathered(gaps: [Gap(source: "manifests", reason: reason)])
    }
}
