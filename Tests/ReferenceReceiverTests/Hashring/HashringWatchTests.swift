import FoundationEssentials
import Glibc
import Hashrings
import MarkedYAML
import Synchronization
import Testing

@testable import ReferenceReceiver

/// The watch on real files; the tests tell it when its interval is over.
@Suite("The hashring file's watch", .timeLimit(.minutes(1)))
struct HashringWatchTests {
    @Test("gives the rings of the start, and new ones as soon as the file is replaced")
    func replaced() async throws {
        let watched = try WatchedFile(WatchedFile.ring("a"))
        var updates = try watched.updates()
        #expect(try await updates.next()?.get().names == ["a"])
        try watched.replace(with: WatchedFile.ring("b"))
        #expect(try await updates.next()?.get().names == ["b"])
        let status = try #require(watched.statuses.last)
        #expect(status.changes == 2 && status.errors == 0)
        #expect(status.nodes == ["a": 1, "b": 1])
        #expect(status.lastReload == WallTime(seconds: 1, nanoseconds: 0))
    }

    @Test("gives new rings each time the file is written in place")
    func written() async throws {
        let watched = try WatchedFile(WatchedFile.ring("a"))
        var updates = try watched.updates()
        #expect(try await updates.next()?.get().names == ["a"])
        for name in ["b", "c"] {
            try watched.write(WatchedFile.ring(name))
            #expect(try await updates.next()?.get().names == [name])
        }
    }

    @Test("sees the first swap of a ConfigMap at once, later ones at the end of the interval")
    func swapped() async throws {
        let watched = try WatchedFile(WatchedFile.ring("a"), asConfigMap: true)
        var updates = try watched.updates()
        #expect(try await updates.next()?.get().names == ["a"])
        try watched.swap(WatchedFile.ring("b"))
        #expect(try await updates.next()?.get().names == ["b"])
        try watched.swap(WatchedFile.ring("c"))
        watched.signal.tick()
        #expect(try await updates.next()?.get().names == ["c"])
    }

    @Test("has lost sight of the file for good once the file it began with is gone")
    func blind() throws {
        let watched = try WatchedFile(WatchedFile.ring("a"), asConfigMap: true)
        let watch = try FileWatch(watched.path, shown: watched.path)
        #expect(!watch.hasEvents)
        try watched.swap(WatchedFile.ring("b"))
        #expect(watch.hasEvents)
        watch.drain()
        try watched.swap(WatchedFile.ring("c"))
        #expect(!watch.hasEvents)
    }

    @Test("looks by itself when its interval is over")
    func interval() async throws {
        let watched = try WatchedFile(WatchedFile.ring("a"))
        var updates = try watched.updates(interval: .milliseconds(1))
        #expect(try await updates.next()?.get().names == ["a"])
        try await watched.reaches { $0.refreshes >= 5 }
        #expect(watched.statuses.last?.changes == 1)
    }

    @Test(
        "keeps the rings when the file cannot be used, and says so",
        arguments: [
            (
                "[]",
                "failed to load configuration file, path: PATH: configuration file is empty"
            ),
            (
                "nope",
                "failed to parse configuration file: invalid character 'o' in literal null "
                    + "(expecting 'u'): configuration file is not parsable"
            ),
            (
                "",
                "failed to parse configuration file: unexpected end of JSON input: "
                    + "configuration file is not parsable"
            ),
            (
                nil,
                "failed to read configuration file: open PATH: no such file or directory"
            ),
        ] as [(String?, String)])
    func broken(content: String?, error: String) async throws {
        let watched = try WatchedFile(WatchedFile.ring("a"))
        var updates = try watched.updates()
        #expect(try await updates.next()?.get().names == ["a"])
        try watched.replace(with: content)
        try await watched.reaches { $0.errors > 0 }
        let line = try #require(watched.log.lines.last { $0.contains("level=error") })
        let expected = error.replacing("PATH", with: watched.path)
        #expect(
            line.hasSuffix(
                "component=receive component=config-watcher "
                    + "msg=\"failed to load configuration file\" err=\"\(expected)\" "
                    + "path=\(watched.path)"), "\(line)")
        try watched.replace(with: WatchedFile.ring("a"))
        watched.signal.tick()
        try watched.replace(with: WatchedFile.ring("b"))
        watched.signal.tick()
        #expect(try await updates.next()?.get().names == ["b"])
        #expect(watched.statuses.last?.changes == 2)
    }

    @Test("ends the receiver when the rings of a good file cannot be built")
    func unbuildable() async throws {
        let watched = try WatchedFile(WatchedFile.ring("a"))
        var updates = try watched.updates()
        #expect(try await updates.next()?.get().names == ["a"])
        try watched.replace(with: #"[{"endpoints": [{"address": "a:1", "az": "z"}]}]"#)
        let update = await updates.next()
        let failure = #expect(throws: StartFailure.self) { try update?.get() }
        #expect(
            failure?.summary == "unable to create new hashring from config: Hashmod algorithm does "
                + "not support AZ aware hashring configuration. Either use Ketama or remove AZ "
                + "configuration.")
        #expect(await updates.next() == nil)
    }

    @Test("does not begin without a file")
    func missing() throws {
        let watched = try WatchedFile(nil)
        let failure = #expect(throws: StartFailure.self) { try watched.updates() }
        #expect(
            failure?.texts == [
                "no such file or directory", "adding path \(watched.path) to file watcher",
                "failed to initialize config watcher",
            ])
    }

    @Test("ends with the task that listens")
    func cancelled() async throws {
        let watched = try WatchedFile(WatchedFile.ring("a"))
        let stream = try watched.stream()
        let count = await withTaskGroup(of: Int.self) { group in
            group.addTask { await stream.reduce(0) { count, _ in count + 1 } }
            group.cancelAll()
            return await group.reduce(0, +)
        }
        #expect(count <= 1)
    }
}

extension FileWatch {
    fileprivate var hasEvents: Bool {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&wait, 1, 0) > 0
    }
}

extension MultiHashring {
    fileprivate var names: [String?] { rings.map { $0.spec.name?.value } }
}
