import ReceiveFlags

/// The flags that decide what becomes of a write.
struct WriteSettings: Sendable {
    let mode: ReceiverMode
    let tenantHeader: String
    let defaultTenantID: String
    let splitTenantLabel: String?
    let replicaHeader: String
    let replicationFactor: Int

    /// Bytes of a body as it is sent; larger ones are answered 413.
    let bodyLimit = 32 << 20
    /// Bytes that a body may become; Thanos itself has no such limit.
    let decodedLimit = 128 << 20

    init(_ flags: ParsedReceiveFlags) {
        mode = flags.mode
        tenantHeader = flags.tenantHeader
        defaultTenantID = flags.defaultTenantID
        splitTenantLabel = flags.splitTenantLabel
        replicaHeader = flags.replicaHeader
        replicationFactor = flags.replicationFactor ?? 1
    }
}
