package import ObjectStore
import TSDBFormat

/// Brings a tenant's blocks into the bucket, as Thanos' shipper does (pkg/shipper/shipper.go).
///
/// A block is in the bucket once its `meta.json` is, which therefore goes last: whatever interrupts
/// an upload, the next pass repeats it. Nothing local is deleted.
package struct Shipper: Sendable {
    /// The tenant's folder, with the blocks in it.
    private let folder: String
    /// The external labels, among them the tenant's.
    private let labels: [String: String]
    /// `--hash-func=SHA256`.
    private let hashesFiles: Bool
    private let store: any ObjectStore
    /// The time, as RFC 3339 with nanoseconds.
    private let now: @Sendable () -> String
    private let observe: @Sendable (ShippingEvent) -> Void

    package init(
        folder: String, labels: [String: String], hashesFiles: Bool = false,
        store: any ObjectStore, now: @escaping @Sendable () -> String,
        observe: @escaping @Sendable (ShippingEvent) -> Void
    ) {
        self.folder = folder
        self.labels = labels
        self.hashesFiles = hashesFiles
        self.store = store
        self.now = now
        self.observe = observe
    }

    /// Makes one pass over the folder, up to the first failure, and counts the blocks uploaded.
    ///
    /// One at a time a tenant.
    package func sync() async throws(ObjectStoreError) -> Int {
        do throws(ObjectStoreError) {
            let count = try await pass()
            observe(.synced)
            return count
        } catch {
            observe(.failed(error))
            throw error
        }
    }

    private func pass() async throws(ObjectStoreError) -> Int {
        let known = await knownUploads()
        let blocks = try await BlockingWork.value { [folder] () throws(ObjectStoreError) in
            try LocalBlocks.metas(in: folder)
        }
        // Only blocks that are still here: the others are retention's and the compactor's.
        var uploaded = known.intersection(blocks.map(\.ulid))
        var count = 0
        var failure: ObjectStoreError?
        for block in blocks where !uploaded.contains(block.ulid) && isDue(block) {
            do throws(ObjectStoreError) {
                count += try await ensureUploaded(block) ? 1 : 0
                uploaded.insert(block.ulid)
            } catch {
                failure = error
                break
            }
        }
        await write(ShipperFile(uploaded: blocks.map(\.ulid).filter(uploaded.contains)))
        if let failure { throw failure }
        return count
    }

    private func isDue(_ block: BlockMeta) -> Bool {
        if block.stats.numSamples == 0 { observe(.ignoredEmptyBlock(block.ulid)) }
        return block.stats.numSamples > 0 && block.compaction.level <= 1
    }

    /// Whether there was something to do.
    private func ensureUploaded(_ block: BlockMeta) async throws(ObjectStoreError) -> Bool {
        let exists: Bool
        do throws(ObjectStoreError) {
            exists = try await store.exists("\(block.ulid)/meta.json")
        } catch {
            throw error.wrapped("check exists")
        }
        guard !exists else { return false }
        do throws(ObjectStoreError) {
            try await upload(block)
        } catch {
            throw error.wrapped("upload \(block.ulid)")
        }
        observe(.uploaded(block.ulid))
        return true
    }
}

extension Shipper {
    private func upload(_ block: BlockMeta) async throws(ObjectStoreError) {
        observe(.uploading(block.ulid))
        guard !labels.isEmpty else {
            throw ObjectStoreError(
                .configuration, "empty external labels are not allowed for Thanos block.")
        }
        let staged = try await BlockingWork.value { [folder] () throws(ObjectStoreError) in
            try StagedBlock(block.ulid, tenant: folder)
        }
        let failure: ObjectStoreError?
        do throws(ObjectStoreError) {
            try await upload(staged, block)
            failure = nil
        } catch {
            failure = error
        }
        await remove(staged)
        if let failure { throw failure }
    }

    private func upload(
        _ staged: StagedBlock, _ block: BlockMeta
    ) async throws(ObjectStoreError) {
        let files = try await BlockingWork.value { [hashesFiles] () throws(ObjectStoreError) in
            try staged.files(hashed: hashesFiles)
        }
        for segment in staged.segments {
            try await upload("chunks/\(segment)", of: staged, wrap: "upload chunks")
        }
        try await upload("index", of: staged, wrap: "upload index")
        var meta = block
        meta.thanos = ThanosMeta(
            labels: labels, segmentFiles: staged.segments, files: files, uploadTime: now())
        do throws(ObjectStoreError) {
            try Self.requireNotCancelled()
            try await store.upload(.bytes(meta.file), as: "\(block.ulid)/meta.json")
        } catch {
            throw error.wrapped("upload meta file")
        }
    }

    private func upload(
        _ name: String, of staged: StagedBlock, wrap: String
    ) async throws(ObjectStoreError) {
        let source = staged.path(of: name)
        let key = "\(staged.ulid)/\(name)"
        do throws(ObjectStoreError) {
            try Self.requireNotCancelled()
            try await store.upload(.file(path: source), as: key)
        } catch {
            throw error.wrapped("upload file \(source) as \(key)").wrapped(wrap)
        }
    }

    private static func requireNotCancelled() throws(ObjectStoreError) {
        if Task.isCancelled { throw ObjectStoreError(.cancelled, "context canceled") }
    }
}

extension Shipper {
    /// The file only saves questions to the bucket: without it, every block is asked for.
    private func knownUploads() async -> Set<ULID> {
        do throws(ObjectStoreError) {
            let file = try await BlockingWork.value { [folder] () throws(ObjectStoreError) in
                try ShipperFile(folder: folder)
            }
            return Set(file.uploaded)
        } catch {
            observe(error.code == .notFound ? .noShipperFile : .shipperFileUnreadable(error))
            return []
        }
    }

    private func write(_ file: ShipperFile) async {
        do throws(ObjectStoreError) {
            try await BlockingWork.value { [folder] () throws(ObjectStoreError) in
                try file.write(to: folder)
            }
        } catch {
            observe(.shipperFileNotWritten(error))
        }
    }

    private func remove(_ staged: StagedBlock) async {
        do throws(ObjectStoreError) {
            try await BlockingWork.value { () throws(ObjectStoreError) in try staged.remove() }
        } catch {
            observe(.uploadFolderNotRemoved(error))
        }
    }
}
