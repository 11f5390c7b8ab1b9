import FoundationEssentials
import Gathering

extension Stage {
    /// The manifests below a folder of the incident, as they stand now.
    func manifests(below compared: String) async throws -> Gathered {
        for (path, text) in world.central.files.below("manifests") {
            let url = URL(filePath: "\(folder)/\(path)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        return await ManifestGatherer(paths: ["\(folder)/\(compared)"]).gather()
    }
}
