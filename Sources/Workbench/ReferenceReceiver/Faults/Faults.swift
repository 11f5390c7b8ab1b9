/// What a receiver does wrong on purpose (`--fault`); usually nothing.
package struct Faults: Sendable {
    /// As they were given, for the log.
    private(set) var texts: [String] = []
    private var all: [Fault] = []

    package init() {}

    /// Takes one more, such as `delay=2s`.
    mutating func add(_ text: String) throws(OwnFlagError) {
        all.append(try FaultSpec.fault(text))
        texts.append(text)
        guard shares.reduce(0, { $0 + $1.millionths }) <= StatusShare.whole else {
            throw OwnFlagError(message: "the shares of 'status' faults are more than 1 together")
        }
    }

    func contains(_ fault: Fault) -> Bool { all.contains(fault) }
}

extension Faults {
    /// How much later answers come; several delays add up.
    var delay: Duration {
        all.reduce(.zero) { if case .delay(let delay) = $1 { $0 + delay } else { $0 } }
    }

    /// How far the clock is ahead; negative when it is behind.
    var skew: Duration {
        all.reduce(.zero) { if case .skew(let skew) = $1 { $0 + skew } else { $0 } }
    }

    /// Counted from 1, as in requests.
    var droppedReplicas: Set<UInt64> {
        Set(all.compactMap { if case .dropReplica(let replica) = $0 { replica } else { nil } })
    }

    var shares: [StatusShare] {
        all.compactMap { if case .status(let share) = $0 { share } else { nil } }
    }
}

extension Faults {
    /// What `--help` says, a line a fault.
    package static var help: String {
        let width = FaultSpec.all.reduce(0) { max($0, $1.form.count) }
        return FaultSpec.all.map { spec in
            let gap = String(repeating: " ", count: width - spec.form.count + 2)
            return "    " + spec.form + gap + spec.effect
        }.joined(separator: "\n")
    }
}
