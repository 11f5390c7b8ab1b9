import Dispatch
import Synchronization

/// The databases of all tenants below one folder (`MultiTSDB` in pkg/receive/multitsdb.go).
///
/// A class because requests, compaction and queries open and use the same databases.
package final class TenantStorage: Sendable {
    package let folder: String
    private let options: DatabaseOptions
    private let observe: @Sendable (StorageEvent) -> Void
    private let queue = DispatchQueue(label: "write-ahead logs")
    private let databases = Mutex<[String: TenantDatabase]>([:])

    package init(
        folder: String, options: DatabaseOptions,
        observe: @escaping @Sendable (StorageEvent) -> Void = { _ in }
    ) {
        self.folder = folder
        self.options = options
        self.observe = observe
    }

    /// Opens the database of every tenant that has a folder, reading its log back.
    package func openAll() throws(StorageError) {
        for tenant in try Files.names(in: folder) where Files.isFolder(folder + "/" + tenant) {
            _ = try database(of: tenant)
        }
    }

    /// The database of a tenant, which is made on its first write.
    ///
    /// The tenant's name is a single path component; the caller has checked it.
    package func database(of tenant: String) throws(StorageError) -> TenantDatabase {
        try databases.withLock { databases throws(StorageError) in
            if let known = databases[tenant] { return known }
            observe(.opening(tenant: tenant))
            let database = try TenantDatabase(
                tenant: tenant, folder: folder + "/" + tenant, options: options, queue: queue,
                observe: observe)
            databases[tenant] = database
            observe(.ready(tenant: tenant))
            return database
        }
    }

    /// The database of a tenant that has one.
    package func existing(_ tenant: String) -> TenantDatabase? {
        databases.withLock { $0[tenant] }
    }

    /// All databases, sorted by tenant.
    package var all: [TenantDatabase] {
        databases.withLock { databases in
            databases.values.sorted { $0.tenant < $1.tenant }
        }
    }

    /// Cuts blocks from heads that span more than a block, and deletes blocks past retention.
    package func maintain() {
        for database in all { database.maintain() }
    }

    /// Cuts everything into blocks; writes may go on.
    package func flush() {
        for database in all { database.flush() }
    }

    /// Cuts everything into blocks and closes the logs; nothing can be written afterwards.
    package func close() {
        for database in all { database.close() }
        databases.withLock { $0 = [:] }
    }
}

/// What a storage tells whoever runs it.
package enum StorageEvent: Sendable {
    case opening(tenant: String)
    case ready(tenant: String)
    /// The log had an error at its end, or worse, and was cut there.
    case repaired(tenant: String, error: String)
    case cutBlock(tenant: String, ulid: String, minTime: Int64, maxTime: Int64)
    case deletedBlock(tenant: String, ulid: String)
    /// A block could not be cut or deleted; nothing is lost, it is tried again.
    case maintenanceFailed(tenant: String, error: String)
}
