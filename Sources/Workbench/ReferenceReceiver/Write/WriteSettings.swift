import ReceiveFlags

/// The flags that decide what becomes of a write.
struct WriteSettings: Sendable {
    let mode: ReceiverMode
    let tenantHeader: String
    let defaultTenantID: String
    /// Set where the tenant stands in the client's certificate.
    let tenantCertificate: TenantCertificate?
    let splitTenantLabel: String?
    let replicaHeader: String
    let replicationFactor: Int

    /// Bytes of a body as it is sent; larger ones are answered 413.
    let bodyLimit = 32 << 20

    init(_ flags: ParsedReceiveFlags) {
        mode = flags.mode
        tenantHeader = flags.tenantHeader
        defaultTenantID = flags.defaultTenantID
        tenantCertificate = flags.tenantCertificateField.map(TenantCertificate.init)
        splitTenantLabel = flags.splitTenantLabel
        replicaHeader = flags.replicaHeader
        replicationFactor = flags.replicationFactor ?? 1
    }
}
