import FoundationEssentials

/// What stands below a folder; hidden files are left out, and names come sorted.
struct FileTree {
    let root: String

    init(root: String) {
        self.root = root.hasSuffix("/") ? String(root.dropLast()) : root
    }

    /// The files and folders directly in a folder, by a path relative to the root.
    func names(in path: String = "") throws(IndexError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: absolute(path))
                .filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw IndexError(place: absolute(path), "cannot be listed: \(error)")
        }
    }

    /// All files, however deep, by their paths relative to the root.
    func files(in path: String = "") throws(IndexError) -> [String] {
        var found: [String] = []
        for name in try names(in: path) {
            let inner = path.isEmpty ? name : "\(path)/\(name)"
            if isFolder(inner) {
                found += try files(in: inner)
            } else {
                found.append(inner)
            }
        }
        return found
    }

    func folders(in path: String = "") throws(IndexError) -> [String] {
        try names(in: path).filter { isFolder(path.isEmpty ? $0 : "\(path)/\($0)") }
    }

    func bytes(of path: String) throws(IndexError) -> Data {
        guard let bytes = FileManager.default.contents(atPath: absolute(path)) else {
            throw IndexError(place: absolute(path), "cannot be read")
        }
        return bytes
    }

    func text(of path: String) throws(IndexError) -> String {
        guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
            throw IndexError(place: absolute(path), "is not UTF-8")
        }
        return text
    }

    func absolute(_ path: String) -> String { path.isEmpty ? root : "\(root)/\(path)" }

    private func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: absolute(path), isDirectory: &isFolder)
            && isFolder
    }
}
