import Glibc

/// `openssl s_server` on a free port of 127.0.0.1; ends with its owner.
package final class TLSServer: Sendable {
    package let port: Int
    private let child: ChildProcess

    package var url: String { "https://127.0.0.1:\(port)" }

    /// - Parameter options: such as `-Verify 1` to ask for a client certificate.
    package init(
        certificate: String, options: [String] = [], in folder: TemporaryFolder
    ) throws {
        child = try ChildProcess(
            [
                "s_server", "-accept", "127.0.0.1:0", "-cert", "\(certificate).pem",
                "-key", "\(certificate).key", "-www",
            ] + options, in: folder)
        // It prints `ACCEPT 127.0.0.1:PORT` once it listens.
        guard let line = child.readLine(startingWith: "ACCEPT "),
            let port = line.split(separator: ":").last.flatMap({ Int($0) })
        else { throw LoopbackServer.Failure(step: "s_server does not listen") }
        self.port = port
    }

    deinit { child.kill() }
}

/// A started `openssl` whose output, errors included, comes through a pipe.
final class ChildProcess: Sendable {
    private let pid: pid_t
    private let output: Int32

    init(_ arguments: [String], in folder: TemporaryFolder) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw LoopbackServer.Failure(step: "pipe") }
        // Another child started at the same time must not keep this pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        output = ends[0]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        let script = ["sh", "-c", #"cd "$0" && exec /usr/bin/openssl "$@""#, folder.path]
        var words: [UnsafeMutablePointer<CChar>?] = (script + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var child = pid_t()
        guard posix_spawn(&child, "/bin/sh", &actions, nil, words, [nil]) == 0 else {
            throw LoopbackServer.Failure(step: "openssl could not be started")
        }
        pid = child
    }

    deinit { close(output) }

    /// Everything until the program closes its output.
    func readAll() -> String {
        var text = ""
        while let more = readSome() { text += more }
        return text
    }

    /// The first line with this beginning; `nil` when the program ends without it.
    func readLine(startingWith beginning: String) -> String? {
        var text = ""
        while let more = readSome() {
            text += more
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = lines.first(where: { $0.hasPrefix(beginning) }) { return String(line) }
        }
        return nil
    }

    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status
    }

    func kill() {
        Glibc.kill(pid, SIGKILL)
        _ = wait()
    }

    private func readSome() -> String? {
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(output, &chunk, chunk.count)
        return count > 0 ? String(decoding: chunk.prefix(count), as: UTF8.self) : nil
    }
}
