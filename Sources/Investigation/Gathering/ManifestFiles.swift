import FoundationEssentials
import Glibc

/// The files that a user means by a list of paths.
struct ManifestFiles {
    private(set) var paths: [String] = []
    /// Paths that do not exist: the user typed them wrong.
    private(set) var absent: [String] = []
    private(set) var unreadable: [(path: String, reason: String)] = []

    /// Directories are searched to the bottom; links are followed for files, not for folders,
    /// so that a loop has no end to find.
    init(_ given: [String]) {
        for path in given {
            var isDirectory = false
            if path == "-" {
                paths.append(path)
            } else if !FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
                absent.append(path)
            } else if isDirectory {
                search(path)
            } else {
                paths.append(path)
            }
        }
    }

    private mutating func search(_ folder: String) {
        var waiting = [folder]
        while let next = waiting.popLast() {
            let names: [String]
            do {
                names = try FileManager.default.contentsOfDirectory(atPath: next)
            } catch {
                unreadable.append((next, "the folder could not be read"))
                continue
            }
            var folders: [String] = []
            for name in names.sorted() where !name.hasPrefix(".") {
                let path = next.hasSuffix("/") ? next + name : "\(next)/\(name)"
                switch Self.kind(of: path) {
                case .folder: folders.append(path)
                case .file where Self.isManifest(name): paths.append(path)
                case .file, .other: continue
                }
            }
            waiting += folders.reversed()
        }
    }

    private static func isManifest(_ name: String) -> Bool {
        [".yaml", ".yml", ".json"].contains(where: name.hasSuffix)
    }

    private enum Kind { case file, folder, other }

    private static func kind(of path: String) -> Kind {
        var status = stat()
        guard lstat(path, &status) == 0 else { return .other }
        if status.st_mode & S_IFMT == S_IFLNK {
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                return .other
            }
            return .file
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case _: return .other
        }
    }
}
