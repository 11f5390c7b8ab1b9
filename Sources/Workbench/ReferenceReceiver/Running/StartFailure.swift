import HTTPServing
import Hashrings

/// Why a receiver ends with exit code 1, as Thanos' `main` prints it.
struct StartFailure: Error {
    /// The two moments at which Thanos gives up, with the line of its `main.go` that says so.
    enum Phase {
        case preparing
        case running

        var caller: String {
            switch self {
            case .preparing: "main.go:159"
            case .running: "main.go:185"
            }
        }

        var wrap: String {
            switch self {
            case .preparing: "preparing receive command failed"
            case .running: "receive command failed"
            }
        }
    }

    let phase: Phase
    /// The cause, then what was wrapped around it.
    let texts: [String]

    init(_ phase: Phase, _ texts: String...) {
        self.phase = phase
        self.texts = texts
    }

    init(_ phase: Phase, texts: [String]) {
        self.phase = phase
        self.texts = texts
    }

    /// Go's `%+v` without its stack frames: cause first, one wrap a line.
    var report: String { (texts + [phase.wrap]).joined(separator: "\n") }

    /// Go's `%v`: the outermost wrap first, on one line.
    var summary: String { texts.reversed().joined(separator: ": ") }
}

extension StartFailure {
    /// A port that cannot be opened, in the words of Go's `net.Listen`.
    init(listening error: ServingError, at address: String, wraps: [String]) {
        let reason =
            switch error.code {
            case .addressInUse: "bind: address already in use"
            case .permissionDenied: "bind: permission denied"
            case .addressNotAvailable: "bind: cannot assign requested address"
            case .unresolvedHost, .badCertificate, .socketFailure: error.message
            }
        self.init(.running, texts: ["listen tcp \(address): \(reason)"] + wraps)
    }

    /// A ring that cannot be built, which Thanos finds out when it is already running.
    init(building error: HashringError) {
        self.init(.running, error.message, "unable to create new hashring from config")
    }
}
