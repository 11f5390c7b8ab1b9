import Foundation
import Synchronization

/// Connections that write as fast as they are answered, until the receiver is gone.
struct WriteLoad: Sendable {
    /// An element for every answer; the stream ends with the last connection.
    let answers: AsyncStream<RawConnection.Answer>

    init(to node: ReceiverNode, connections: Int, round: Int, in ledger: Ledger) {
        let (answers, answering) = AsyncStream<RawConnection.Answer>.makeStream()
        self.answers = answers
        let open = OpenConnections(connections) { answering.finish() }
        for connection in 0..<connections {
            Thread.detachNewThread {
                defer { open.close() }
                guard let socket = try? RawConnection(node.address, port: node.writePort) else {
                    return
                }
                while let answer = try? Self.write(
                    ledger.next(connection: connection, round: round), over: socket, in: ledger)
                {
                    answering.yield(answer)
                }
            }
        }
    }

    private static func write(
        _ entry: Ledger.Entry, over socket: RawConnection, in ledger: Ledger
    ) throws -> RawConnection.Answer {
        try socket.send(Ledger.body(of: entry).request())
        let answer = try socket.answer()
        if answer.status == 200 { ledger.acknowledge(entry) }
        return answer
    }
}

/// Says when the last of the threads has ended.
private final class OpenConnections: Sendable {
    private let count: Mutex<Int>
    private let onLast: @Sendable () -> Void

    init(_ count: Int, onLast: @escaping @Sendable () -> Void) {
        self.count = Mutex(count)
        self.onLast = onLast
    }

    func close() {
        let left = count.withLock { count in
            count -= 1
            return count
        }
        if left == 0 { onLast() }
    }
}
