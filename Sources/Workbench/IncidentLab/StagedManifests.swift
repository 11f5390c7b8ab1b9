import FoundationEssentials
import Gathering

extension Stage {
    /// What `-k` makes of a folder of the incident, as its files stand now.
    func rendered(_ kustomization: String) async throws -> Gathered {
        for (path, text) in world.files.below("manifests") {
            let url = URL(filePath: "\(folder)/\(path)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        return await KustomizeGatherer(folder: "\(folder)/\(kustomization)").gather()
    }
}
