import FoundationEssentials
import MarkedYAML
import Synchronization
import Testing

@testable import ReferenceReceiver

@Suite("The limits file's watch", .timeLimit(.minutes(1)))
struct LimitsWatchTests {
    /// A watch that looks when the test ticks.
    private struct Watched {
        let file: WatchedFile
        let reloads: AsyncStream<Int>
        let updates: AsyncStream<WriteLimits>

        init(_ content: String) throws {
            file = try WatchedFile(content)
            let (reloads, continuation) = AsyncStream<Int>.makeStream()
            self.reloads = reloads
            let log = file.log
            let environment = ReceiverEnvironment(log: { log.append($0) })
            let watch = LimitsWatch(
                path: file.path, files: LocalFiles(mappings: []), interval: nil,
                log: ReceiverLog(level: "info", format: "logfmt", environment: environment),
                onReloads: { continuation.yield($0) })
            updates = watch.updates(after: .none, signal: file.signal)
        }

        /// The next limits.
        func next() async -> WriteLimits? { await updates.first { _ in true } }

        /// The count after the next reload.
        func nextCount() async -> Int? { await reloads.first { _ in true } }

        func tick() { file.signal.tick() }
    }

    @Test("reloads at its first look, and then what has changed")
    func changes() async throws {
        let watched = try Watched("write: {default: {request: {series_limit: 1}}}")
        watched.tick()
        #expect(await watched.next()?.defaults.series == 1)
        #expect(await watched.nextCount() == 1)
        watched.tick()
        try watched.file.replace(with: "write: {default: {request: {series_limit: 2}}}")
        watched.tick()
        #expect(await watched.next()?.defaults.series == 2)
        #expect(await watched.nextCount() == 2)
        #expect(watched.file.log.lines.count { $0.contains("reloading limit config") } == 2)
    }

    @Test("counts a failure twice and among the successes, as Thanos does")
    func failure() async throws {
        let watched = try Watched("nonsense: 1")
        watched.tick()
        #expect(await watched.nextCount() == 2)
        let line = try #require(watched.file.log.lines.last)
        #expect(
            line.hasSuffix(
                "level=error component=receive component=receive-limiter "
                    + "msg=\"error reloading tenant limits config from \(watched.file.path)\" "
                    + #"err="parse limit configuration: parsing config YAML file: yaml: unmarshal "#
                    + #"errors:\n  line 1: field nonsense not found in type "#
                    + #"receive.RootLimitsConfig""#), "\(line)")
    }

    @Test("goes on without the file until it is there again")
    func missing() async throws {
        let watched = try Watched("write: {}")
        try watched.file.replace(with: nil)
        watched.tick()
        try watched.file.replace(with: "write: {default: {request: {series_limit: 3}}}")
        watched.tick()
        #expect(await watched.next()?.defaults.series == 3)
    }
}
