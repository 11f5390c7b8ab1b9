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
    private let state = Mutex(State())

    private typealias Waiter = CheckedContinuation<Result<TenantDatabase, StorageError>, Never>

    private struct State {
        var databases: [String: TenantDatabase] = [:]
        /// Who waits for the databases that are being opened.
        var waiting: [String: [Waiter]] = [:]
    }

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
            guard claim(tenant, for: []) else { continue }
            _ = try open(tenant).get()
        }
    }

    /// The database of a tenant, which is made on its first write.
    ///
    /// The tenant's name is a single path component; the caller has checked it. Reading its log
    /// back may take long, and only those who want this tenant wait for it.
    package func database(of tenant: String) async throws(StorageError) -> TenantDatabase {
        if let known = existing(tenant) { return known }
        return try await withCheckedContinuation { waiter in
            guard claim(tenant, for: [waiter]) else { return }
            // A queue of its own, for what blocks must not hold up others.
            DispatchQueue(label: "opening a database").async { _ = self.open(tenant) }
        }.get()
    }

    /// The database of a tenant, once it is open.
    package func existing(_ tenant: String) -> TenantDatabase? {
        state.withLock { $0.databases[tenant] }
    }

    /// All databases that are open, sorted by tenant.
    package var all: [TenantDatabase] {
        state.withLock { $0.databases.values.sorted { $0.tenant < $1.tenant } }
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
        state.withLock { $0.databases = [:] }
    }
}

extension TenantStorage {
    /// Whether the caller is to open a database, which is neither open nor being opened by others.
    ///
    /// The waiters learn of it in any case.
    private func claim(_ tenant: String, for waiters: [Waiter]) -> Bool {
        let (known, isFirst) = state.withLock { state -> (TenantDatabase?, Bool) in
            if let known = state.databases[tenant] { return (known, false) }
            let isFirst = state.waiting[tenant] == nil
            state.waiting[tenant, default: []] += waiters
            return (nil, isFirst)
        }
        if let known {
            for waiter in waiters { waiter.resume(returning: .success(known)) }
        }
        return isFirst
    }

    /// Opens a database that was claimed, and tells those who wait for it.
    private func open(_ tenant: String) -> Result<TenantDatabase, StorageError> {
        observe(.opening(tenant: tenant))
        let result = Result { () throws(StorageError) in
            try TenantDatabase(
                tenant: tenant, folder: folder + "/" + tenant, options: options, queue: queue,
                observe: observe)
        }
        if case .success = result { observe(.ready(tenant: tenant)) }
        let waiters = state.withLock { state in
            state.databases[tenant] = try? result.get()
            return state.waiting.removeValue(forKey: tenant) ?? []
        }
        for waiter in waiters { waiter.resume(returning: result) }
        return result
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
