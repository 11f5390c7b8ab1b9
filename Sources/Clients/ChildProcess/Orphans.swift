import CLinux
import Glibc

/// Processes that fled the group of the program that started them.
///
/// A program that calls `setsid` in a grandchild outlives its group; as a child subreaper
/// (prctl(2)) we become its parent once its own is gone, and can end it.
package enum Orphans {
    /// From now on nothing that is started here can flee.
    package static func adopt() {
        _ = clinux_become_subreaper()
    }

    /// Ends every child of this process, and what they leave behind in turn.
    ///
    /// Only for a process that knows all its other children to have ended.
    package static func end() {
        // Each round ends one generation; a bomb that outruns this ends with its session.
        for _ in 0..<64 {
            let children = children
            guard !children.isEmpty else { return }
            for child in children {
                kill(child, SIGKILL)
                var status: Int32 = 0
                waitpid(child, &status, 0)
            }
        }
    }

    /// The processes whose parent is this one (proc(5), `/proc/PID/stat`, fourth field).
    private static var children: [pid_t] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        let own = getpid()
        var found: [pid_t] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let process = pid_t(name), parent(of: process) == own { found.append(process) }
        }
        return found
    }

    private static func parent(of process: pid_t) -> pid_t? {
        let file = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let bytes = [UInt8](unsafeUninitializedCapacity: 1024) { buffer, count in
            count = max(0, read(file, buffer.baseAddress, buffer.count))
        }
        // The name of the program stands in parentheses and may hold anything, those included.
        guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "))
        return fields.count > 1 ? pid_t(String(decoding: fields[1], as: UTF8.self)) : nil
    }
}
