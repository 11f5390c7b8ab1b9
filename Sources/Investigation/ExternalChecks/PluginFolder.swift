import FoundationEssentials
import Glibc
import MarkedYAML

/// The plug-ins that lie in one folder, told by the names of their files.
struct PluginFolder {
    let path: String
    private let names: [String]

    private static let prefix = "thanosctl-check-"
    private static let description = ".check.yaml"
    private static let signatures = ".signatures.yaml"

    init?(_ path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return nil
        }
        self.names = names.sorted()
    }

    /// Executables with the file that describes each.
    ///
    /// - Throws: a file that stands without its other half.
    func executables() throws(PluginError) -> [(program: String, description: String)] {
        let described = names.filter { $0.hasSuffix(Self.description) }
            .map { String($0.dropLast(Self.description.count)) }
        for name in names where name.hasPrefix(Self.prefix) {
            let name = name.dropFirst(Self.prefix.count)
            guard described.contains(String(name)) else {
                throw PluginError(
                    "not described; write \(name)\(Self.description) beside it",
                    file: "\(path)/\(Self.prefix)\(name)")
            }
        }
        for name in described where !isExecutable(Self.prefix + name) {
            throw PluginError(
                "there is no executable \(Self.prefix)\(name) beside it",
                file: "\(path)/\(name)\(Self.description)")
        }
        return described.map(pair)
    }

    /// The same, without a word about what is no plug-in: PATH belongs to everybody.
    var describedExecutables: [(program: String, description: String)] {
        names.filter { $0.hasPrefix(Self.prefix) && isExecutable($0) }
            .map { String($0.dropFirst(Self.prefix.count)) }
            .filter { names.contains($0 + Self.description) }.map(pair)
    }

    var signatureFiles: [String] {
        names.filter { $0.hasSuffix(Self.signatures) }.map { "\(path)/\($0)" }
    }

    private func pair(_ name: String) -> (program: String, description: String) {
        ("\(path)/\(Self.prefix)\(name)", "\(path)/\(name)\(Self.description)")
    }

    private func isExecutable(_ name: String) -> Bool {
        var status = stat()
        let file = "\(path)/\(name)"
        return stat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            && access(file, X_OK) == 0
    }
}

extension Node {
    /// The one document of a plug-in's YAML file.
    static func pluginDocument(_ file: String) throws(PluginError) -> Node {
        guard let bytes = BoundedFile.read(file) else {
            throw PluginError("not readable as a file of at most 1 MiB", file: file)
        }
        let stream = YAMLReader.stream(
            SourceText(name: file, bytes: bytes), limits: ReadingLimits(depth: 32, nodes: 100_000))
        if let error = stream.errors.first { throw PluginError(error) }
        guard stream.documents.count == 1 else {
            throw PluginError("one YAML document is expected", file: file)
        }
        return stream.documents[0]
    }
}

/// A small file, read whole.
private enum BoundedFile {
    private static let limit = 1 << 20

    static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= limit
        else { return nil }
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            let part = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
                count = max(0, Glibc.read(file, buffer.baseAddress, buffer.count))
            }
            if part.isEmpty { return bytes }
            bytes += part
        }
        return nil
    }
}
