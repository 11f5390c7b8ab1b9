/// A bucket: whole objects under keys whose parts are separated by slashes.
///
/// The seam has two implementations, S3 and a local directory; an object is there as a whole or
/// not at all.
package protocol ObjectStore: Sendable {
    /// The bucket's name, as metrics label it.
    var name: String { get }

    func exists(_ key: String) async throws(ObjectStoreError) -> Bool

    func upload(_ content: ObjectContent, as key: String) async throws(ObjectStoreError)

    /// The keys in a folder, sorted by bytes; subfolders end in a slash unless it is recursive.
    ///
    /// - Parameter folder: the empty string for everything.
    func list(_ folder: String, recursive: Bool) async throws(ObjectStoreError) -> [String]

    /// - Parameter limit: bytes; a larger object is refused with `.tooLarge`.
    func get(_ key: String, limit: Int) async throws(ObjectStoreError) -> [UInt8]

    /// Some bytes of an object, fewer where it ends before them: how a Store Gateway reads blocks.
    func get(_ key: String, bytes: Range<Int>) async throws(ObjectStoreError) -> [UInt8]

    func delete(_ key: String) async throws(ObjectStoreError)
}

/// Where the bytes of an object come from.
package enum ObjectContent: Sendable {
    case bytes([UInt8])
    /// Read piece by piece, so that it need not fit in memory.
    case file(path: String)
}
