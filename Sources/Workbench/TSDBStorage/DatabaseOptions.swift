/// How the databases of all tenants behave.
package struct DatabaseOptions: Sendable {
    package var head: HeadOptions
    /// Whether an answer waits for the disk (`--wal-sync`).
    package var syncsLog: Bool
    /// Milliseconds that blocks are kept; 0 for ever (`--tsdb.retention`).
    package var retention: Int64
    /// Whether a block of a tenant's folder may be deleted, by its ULID.
    package var mayDelete: @Sendable (_ folder: String, _ ulid: String) -> Bool

    package init(
        head: HeadOptions = HeadOptions(), syncsLog: Bool = true, retention: Int64 = 0,
        mayDelete: @escaping @Sendable (String, String) -> Bool = { _, _ in true }
    ) {
        self.head = head
        self.syncsLog = syncsLog
        self.retention = retention
        self.mayDelete = mayDelete
    }
}
