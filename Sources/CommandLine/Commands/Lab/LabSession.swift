import CheckCatalogue
import FoundationEssentials
import Glibc
import IncidentLab

/// One incident taken from the library, ready to be staged.
struct LabSession {
    let run: LabRun

    init(_ name: String, library: IncidentLibrary) throws {
        guard library.names.contains(name) else {
            let hint = Suggestion.nearest(to: name, among: library.names)
            throw UsageError("unknown incident '\(name)'\(hint)")
        }
        run = LabRun(
            try library.incident(name), checks: Catalogue.all, causes: Catalogue.causes,
            executable: Self.executable, version: Version.number)
    }

    /// This program, for receivers that run in a process of their own.
    private static var executable: String {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        guard count > 0 else { return CommandLine.arguments[0] }
        return String(decoding: path[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
