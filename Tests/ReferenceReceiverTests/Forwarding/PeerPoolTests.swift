import Testing

@testable import ReferenceReceiver

@Suite("The pool of peers", .timeLimit(.minutes(1)))
struct PeerPoolTests {
    private static let unavailable = ForwardFailure(code: "Unavailable", message: "refused")

    @Test("carries a message with the time that is left, and reports success")
    func success() async {
        await withPool { pool in
            pool.submit(message: [1, 2], at: 2, deadline: 5)
            let call = await pool.nextCall()
            #expect(call.address == "127.0.0.1:9")
            #expect(call.message == [1, 2])
            #expect(call.timeout == .seconds(3))
            call.answer(.success(()))
            #expect(await pool.nextReply() == .success)
            #expect(
                pool.events == [
                    .waited(.zero), .called(isSuccess: true, isReplicated: false),
                ])
        }
    }

    @Test(
        "counts failures, but not conflicts",
        arguments: [("Internal", 1), ("AlreadyExists", 0), ("Unavailable", 1)])
    func failures(code: String, counted: Int) async {
        await withPool { pool in
            pool.submit(isReplicated: true)
            await pool.nextCall().answer(.failure(ForwardFailure(code: code, message: "why")))
            #expect(await pool.nextReply() == .failure(.called(code)))
            let failures = pool.events.filter {
                $0 == .called(isSuccess: false, isReplicated: true)
            }
            #expect(failures.count == counted)
        }
    }

    @Test("leaves an unavailable peer alone until its wait is over")
    func backOff() async {
        await withPool { pool in
            pool.submit(at: 1)
            await pool.nextCall().answer(.failure(Self.unavailable))
            _ = await pool.nextReply()
            pool.submit(replica: 2, at: 1.05)
            #expect(
                await pool.nextReply() == .failure(.backingOff(ReplicaErrorTests.peer, replica: 2)))
            pool.submit(at: 1.2)
            await pool.nextCall().answer(.success(()))
            #expect(await pool.nextReply() == .success)
            pool.submit(at: 1.2)
            await pool.nextCall().answer(.failure(Self.unavailable))
            _ = await pool.nextReply()
            pool.pool.reset()
            pool.submit(at: 1.2)
            await pool.nextCall().answer(.success(()))
            #expect(await pool.nextReply() == .success)
        }
    }

    @Test("calls a peer only so many times at once, and takes the others in order")
    func workers() async {
        await withPool(limits: PeerLine.Limits(workers: 2)) { pool in
            for number in UInt8(0)..<5 { pool.submit(message: [number]) }
            var running = [await pool.nextCall(), await pool.nextCall()]
            for number in UInt8(2)..<5 {
                #expect(pool.callCount == Int(number))
                running.removeFirst().answer(.success(()))
                let call = await pool.nextCall()
                #expect(call.message == [number])
                running.append(call)
            }
            for call in running { call.answer(.success(())) }
            for _ in 0..<5 { #expect(await pool.nextReply() == .success) }
        }
    }

    @Test(
        "refuses early what it has no room for",
        arguments: [
            PeerLine.Limits(workers: 1, jobs: 1), PeerLine.Limits(workers: 1, bytes: 25),
        ])
    func full(limits: PeerLine.Limits) async {
        await withPool(limits: limits) { pool in
            let message = [UInt8](repeating: 0, count: 10)
            pool.submit(message: message)
            let first = await pool.nextCall()
            pool.submit(message: message)
            pool.submit(message: message, replica: 1)
            let refusal = ReplicaError.overloaded(ReplicaErrorTests.peer, replica: 1)
            #expect(await pool.nextReply() == .failure(refusal))
            #expect(refusal.causes == .unavailable)
            first.answer(.success(()))
            #expect(await pool.nextReply() == .success)
            await pool.nextCall().answer(.success(()))
            #expect(await pool.nextReply() == .success)
        }
    }

    @Test("takes a message larger than its bound when nothing else is on its way")
    func large() async {
        await withPool(limits: PeerLine.Limits(bytes: 5)) { pool in
            pool.submit(message: [UInt8](repeating: 0, count: 10))
            await pool.nextCall().answer(.success(()))
            #expect(await pool.nextReply() == .success)
        }
    }

    @Test("fails a job whose time is over in the queue without a call")
    func expired() async {
        await withPool(limits: PeerLine.Limits(workers: 1)) { pool in
            pool.submit(at: 1, deadline: 100)
            let first = await pool.nextCall()
            pool.submit(at: 1, deadline: 2)
            pool.setTime(3)
            first.answer(.success(()))
            #expect(await pool.nextReply() == .success)
            let error = ReplicaError(calling: ReplicaErrorTests.peer, .deadlineExceeded)
            #expect(await pool.nextReply() == .failure(error))
            #expect(error.causes == .deadline)
            #expect(pool.callCount == 1)
            #expect(pool.events.contains(.waited(.seconds(2))))
        }
    }

    @Test("cancels calls and fails what waits when it ends, everything once")
    func ends() async {
        let pool = ScriptedPool(limits: PeerLine.Limits(workers: 1))
        await withDiscardingTaskGroup { group in
            group.addTask { await pool.pool.run() }
            pool.submit(message: [1])
            _ = await pool.nextCall()
            pool.submit(message: [2])
            group.cancelAll()
        }
        pool.submit(message: [3])
        let closed = ReplicaError(calling: ReplicaErrorTests.peer, .closing)
        let cancelled = ReplicaError(calling: ReplicaErrorTests.peer, ScriptedPool.cancelled)
        var replies: [ScriptedPool.Reply] = []
        for _ in 0..<3 { replies.append(await pool.nextReply()) }
        #expect(replies.filter { $0 == .failure(closed) }.count == 2)
        #expect(replies.filter { $0 == .failure(cancelled) }.count == 1)
        #expect(pool.replyCount == 3)
    }

    /// Runs a pool for as long as the body needs it.
    private func withPool(
        limits: PeerLine.Limits = PeerLine.Limits(), _ body: (ScriptedPool) async -> Void
    ) async {
        let pool = ScriptedPool(limits: limits)
        async let _ = pool.pool.run()
        await body(pool)
    }
}
