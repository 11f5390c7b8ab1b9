/// Why a write is not answered 200.
struct WriteRefusal: Error, Equatable {
    let status: Int
    let message: String

    static let tooLarge = WriteRefusal(status: 413, message: "write request too large")
    static let badReplica = WriteRefusal(
        status: 400, message: "request replica exceeds receiver replication factor")
    /// Thanos' handler panics, and the client sees its connection end.
    static let brokenOff = WriteRefusal(status: 0, message: "")
    static let notReady = WriteRefusal(status: 503, message: "Service Unavailable")
}
