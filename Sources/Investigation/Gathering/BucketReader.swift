import Evidence
import FoundationEssentials
import KubernetesModel
import MarkedYAML
import ObjectStore

/// Reads what lies in one bucket: the newest blocks with their `meta.json`.
struct BucketReader: Sendable {
    let name: String
    let writes: Bool

    enum Answer: Sendable {
        case seen(BucketState.Outcome, [BucketState.ProbeStep]?)
        /// It failed before it left this host.
        case unreachableFromHere(String)
    }

    /// Blocks whose `meta.json` is read, the newest first: two weeks of a group of three.
    private static let newest = 500
    private static let width = 16
    /// A `meta.json` is some kilobytes; the file list of a large block makes it longer.
    private static let metaLimit = 1 << 20

    func answer(of store: any ObjectStore) async -> Answer {
        do throws(ObjectStoreError) {
            let listing = try await listing(store)
            return .seen(.listed(listing), writes ? await probe(store) : nil)
        } catch {
            guard !Self.failedHere(error) else { return .unreachableFromHere(error.texts[0]) }
            return .seen(.failed(BucketState.Failure(error)), nil)
        }
    }

    /// The words of Go's dialer for what says nothing of the store itself.
    private static func failedHere(_ error: ObjectStoreError) -> Bool {
        error.message.contains("no such host") || error.message.contains("network is unreachable")
    }

    private func listing(_ store: any ObjectStore) async throws(ObjectStoreError)
        -> BucketState.Listing
    {
        let ulids = try await store.list("", recursive: false).compactMap { key -> String? in
            // Crockford's base 32, 26 characters (ULID specification).
            let name = key.hasSuffix("/") ? String(key.dropLast()) : ""
            return name.utf8.count == 26 ? name : nil
        }
        // A ULID begins with its time.
        let chosen = ulids.sorted(by: >).prefix(Self.newest)
        var listing = BucketState.Listing()
        listing.isCut = ulids.count > chosen.count
        for block in await blocks(Array(chosen), in: store) {
            switch block {
            case .whole(let block, let isMarked):
                listing.blocks.append(block)
                if isMarked { listing.deletionMarks.insert(block.ulid) }
            case .partial(let ulid): listing.partial.append(ulid)
            case .unreadable: listing.isCut = true
            }
        }
        return listing
    }

    private enum Block: Sendable {
        case whole(BucketBlock, isMarked: Bool)
        case partial(String)
        case unreadable
    }

    private func blocks(_ ulids: [String], in store: any ObjectStore) async -> [Block] {
        await withTaskGroup(of: (Int, Block).self) { group in
            var waiting = ulids.enumerated().makeIterator()
            for _ in 0..<Self.width {
                guard let (index, ulid) = waiting.next() else { break }
                group.addTask { (index, await block(ulid, in: store)) }
            }
            var blocks: [Int: Block] = [:]
            for await (index, block) in group {
                blocks[index] = block
                if let (index, ulid) = waiting.next() {
                    group.addTask { (index, await self.block(ulid, in: store)) }
                }
            }
            return blocks.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private func block(_ ulid: String, in store: any ObjectStore) async -> Block {
        do throws(ObjectStoreError) {
            let bytes = try await store.get("\(ulid)/meta.json", limit: Self.metaLimit)
            guard let block = BucketBlock(ulid: ulid, meta: bytes) else { return .unreadable }
            let isMarked = try await store.exists("\(ulid)/deletion-mark.json")
            return .whole(block, isMarked: isMarked)
        } catch {
            return error.code == .notFound ? .partial(ulid) : .unreadable
        }
    }

    /// Writes an object of our own, reads it and a part of it, finds it in a list, and takes it
    /// away again.
    private func probe(_ store: any ObjectStore) async -> [BucketState.ProbeStep] {
        let folder = "thanosctl-probe"
        let key = "\(folder)/\(UUID().uuidString.lowercased())"
        let content = Array("written by thanosctl to see whether the bucket takes it\n".utf8)
        var steps: [BucketState.ProbeStep] = []
        func note(_ action: BucketState.ProbeStep.Action, _ error: ObjectStoreError?) {
            steps.append(
                BucketState.ProbeStep(action, failure: error.map(BucketState.Failure.init)))
        }
        do throws(ObjectStoreError) {
            try await store.upload(.bytes(content), as: key)
            note(.put, nil)
        } catch {
            note(.put, error)
            return steps
        }
        do throws(ObjectStoreError) {
            let read = try await store.get(key, limit: content.count)
            note(.get, read == content ? nil : ObjectStoreError(.refused, "other bytes came back"))
        } catch { note(.get, error) }
        do throws(ObjectStoreError) {
            let part = try await store.get(key, bytes: 2..<9)
            let isRight = part[...] == content[2..<9]
            note(.range, isRight ? nil : ObjectStoreError(.refused, "other bytes came back"))
        } catch { note(.range, error) }
        do throws(ObjectStoreError) {
            let names = try await store.list(folder, recursive: true)
            let isListed = names.contains { $0.hasSuffix(key) || key.hasSuffix($0) }
            note(.list, isListed ? nil : ObjectStoreError(.refused, "it is not in the list"))
        } catch { note(.list, error) }
        do throws(ObjectStoreError) {
            try await store.delete(key)
            note(.delete, nil)
        } catch { note(.delete, error) }
        return steps
    }
}

extension BucketBlock {
    /// Nil when the bytes are no `meta.json` (`block.Meta` in pkg/block/metadata of Thanos).
    fileprivate init?(ulid: String, meta bytes: [UInt8]) {
        let source = SourceText(name: "meta.json", bytes: bytes)
        guard let node = try? JSONReader.document(source),
            let minTime = node["minTime"]?.int, let maxTime = node["maxTime"]?.int
        else { return nil }
        let thanos = node["thanos"]
        let level = node["compaction"]?["level"]?.int
        let uploaded = thanos?["upload_time"]?.string.flatMap(Timestamp.seconds(rfc3339:))
        self.init(
            ulid: ulid, minTime: Int64(minTime), maxTime: Int64(maxTime),
            labels: thanos?["labels"].stringMap ?? [:], level: level ?? 1,
            resolution: Int64(thanos?["downsample"]?["resolution"]?.int ?? 0), uploaded: uploaded)
    }
}

extension BucketState.Failure {
    /// By its code, and where that says too little by the words of S3, minio-go and Go.
    fileprivate init(_ error: ObjectStoreError) {
        let text = error.message
        let kind: Kind =
            switch error.code {
            case .noSuchBucket: .noSuchBucket
            case .accessDenied: .accessDenied
            case .configuration, .file: .configuration
            case .notFound, .tooLarge, .refused, .unreachable, .cancelled:
                Self.kinds.first { text.contains($0.text) }?.kind
                    ?? (error.code == .unreachable ? .unreachable : .malformed)
            }
        self.init(kind, text)
    }

    private static let kinds: [(text: String, kind: Kind)] = [
        ("difference between the request time", .clockSkewed),
        ("region", .wrongRegion),
        ("x509:", .tls), ("TLS handshake", .tls),
        ("HTTP response to HTTPS client", .plainTextNotSpoken),
        ("HTTP request to an HTTPS server", .plainTextNotSpoken),
        ("timeout", .timedOut),
    ]
}
