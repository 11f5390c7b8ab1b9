/// One way to misbehave on purpose.
enum Fault: Hashable, Sendable {
    case refuse
    case reset
    case delay(Duration)
    case status(StatusShare)
    case dropReplica(UInt64)
    case skew(Duration)
    case diskFull
    case readOnlyDir
    case notReady
    case tlsExpired
}

/// An error that a share of all writes is answered with.
struct StatusShare: Hashable, Sendable {
    /// Millionths that make the whole; whole numbers keep their sum exact.
    static let whole = 1_000_000

    /// 400 to 599.
    let code: Int
    /// Millionths of all writes, from 1 to `whole`.
    let millionths: Int

    /// Reads `CODE:SHARE`, such as `503:0.2`.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let code = Int(parts[0]), (400...599).contains(code),
            let share = Double(parts[1]), share > 0, share <= 1
        else { return nil }
        self.code = code
        millionths = max(Int((share * Double(Self.whole)).rounded()), 1)
    }
}
