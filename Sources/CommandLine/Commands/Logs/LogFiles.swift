import Dispatch
import Evidence
import Glibc
import LogSignatures

/// Files and pipes that were named, read one after the other.
struct LogFiles: Sendable {
    private let files: [String]
    private let news: LogNews

    init(_ files: [String], news: LogNews) {
        self.files = files
        self.news = news
    }

    /// Adds what they say, or when the task is cancelled what the part that was read says.
    func read(into reading: LogReading) async -> LogReading {
        guard let cancellation = WakeUp() else { return reading }
        let reader = LogFileReader(reading: reading, news: news, cancellation: cancellation)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Reading may block for ever, which Swift's own threads must not.
                DispatchQueue.global().async {
                    var reader = reader
                    for file in files { reader.read(file) }
                    continuation.resume(returning: reader.reading)
                }
            }
        } onCancel: {
            cancellation.fire()
        }
    }
}

/// Reads until the end or the cancellation, and tells news while an input that is followed pauses.
private struct LogFileReader: Sendable {
    var reading: LogReading
    var news: LogNews
    let cancellation: WakeUp

    mutating func read(_ file: String) {
        let name = file == "-" ? "<stdin>" : file
        let descriptor = file == "-" ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return reading.addGap(name, String(cString: strerror(errno))) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        reading.scanner.begin(name)
        if let problem = problem(of: descriptor, isFollowed: Self.mayGrow(descriptor)) {
            reading.addGap(name, problem)
        }
        reading.scanner.finish()
    }

    /// Why it could not be read to its end.
    private mutating func problem(of descriptor: CInt, isFollowed: Bool) -> String? {
        let saidBefore = reading.tally.remarkable
        var start = InputStart.unknown
        while true {
            let patience = isFollowed && news.isWaiting(reading.tally) ? LogNews.pause : nil
            switch cancellation.wait(for: descriptor, atMost: patience) {
            case .fired: return nil
            case .late: news.tell(reading.tally)
            case .ready:
                let count = fill(from: descriptor, &start)
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                if count < 0 { return String(cString: strerror(errno)) }
                if isFollowed, news.isOverdue { news.tell(reading.tally) }
                guard count == 0 else { continue }
                if case .foreign(let what) = start { return what }
                reading.scanner.finish()
                let saysNothing = reading.tally.remarkable == saidBefore
                return start == .binary && saysNothing ? "binary, not a log" : nil
            }
        }
    }

    /// What is no log at all ends at once.
    private mutating func fill(from descriptor: CInt, _ start: inout InputStart) -> Int {
        reading.scanner.fill { memory in
            let count = Glibc.read(descriptor, memory.baseAddress, memory.count)
            guard count > 0, start == .unknown else { return count }
            start = InputStart(UnsafeRawBufferPointer(rebasing: memory.prefix(count)))
            if case .foreign = start { return 0 }
            return count
        }
    }

    /// Pipes and terminals have no place to go back to.
    private static func mayGrow(_ descriptor: CInt) -> Bool {
        lseek(descriptor, 0, SEEK_CUR) < 0
    }
}

extension LogTally {
    /// Lines that a log would hold.
    fileprivate var remarkable: Int { explained + unexplained }
}
