package import Evidence
import FoundationEssentials
import KubernetesModel
import PipelineModel

/// Finds the Git repositories around given paths, and which of their folders Applications name.
package struct CheckoutGatherer: Sendable {
    private let paths: [String]

    package init(paths: [String]) { self.paths = paths }

    /// Folders between a path and its repository's root; more is no working copy.
    private static let depth = 64
    /// A `.git/config` of a repository with hundreds of remotes is smaller.
    private static let limit = 256 << 10
    /// Paths that are looked for; more Applications than any Argo CD has.
    private static let width = 20_000

    /// - Parameter views: those whose Applications to look for.
    package func gather(for views: [ClusterView]) -> [Checkout] {
        let roots = Set(paths.filter { $0 != "-" }.compactMap(Self.root)).sorted()
        let wanted = Set(
            views.flatMap { $0.pipeline.applications.flatMap(\.sources) }.map(\.folder))
        return roots.map { root in
            let folders = wanted.sorted().prefix(Self.width).filter { folder in
                var isFolder = false
                let path = folder.isEmpty ? root : "\(root)/\(folder)"
                return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                    && isFolder
            }
            return Checkout(root: root, remotes: Self.remotes(of: root), folders: Set(folders))
        }
    }

    /// The nearest folder above that has a `.git`, which is a file in a linked working copy.
    private static func root(around path: String) -> String? {
        var folder = URL(filePath: path).standardizedFileURL.path
        for _ in 0..<depth {
            while folder.hasSuffix("/") { folder.removeLast() }
            if FileManager.default.fileExists(atPath: "\(folder)/.git") { return folder }
            guard let slash = folder.lastIndex(of: "/") else { return nil }
            folder = String(folder[..<slash])
        }
        return nil
    }

    /// The addresses under `[remote …]` in the configuration (git-config(1), `remote.<name>.url`).
    private static func remotes(of root: String) -> Set<String> {
        guard
            case .bytes(let bytes) = BoundedReading.read(path: "\(root)/.git/config", limit: limit)
        else { return [] }
        var remotes: Set<String> = []
        var isRemote = false
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let text = line.drop { $0 == " " || $0 == "\t" }
            if text.hasPrefix("[") { isRemote = text.hasPrefix("[remote ") }
            let parts = text.split(separator: "=", maxSplits: 1)
            guard isRemote, parts.count == 2,
                parts[0].filter({ $0 != " " && $0 != "\t" }) == "url"
            else { continue }
            let address = String(parts[1].drop { $0 == " " })
            remotes.insert(ArgoApplication.Source.repository(address))
        }
        return remotes
    }
}
