package import ObjectStore

/// A pass over all tenants (`MultiTSDB.Sync` in pkg/receive/multitsdb.go).
package struct ShippingRound: Sendable {
    package var uploaded: Int
    /// In the order of the shippers.
    package var errors: [ObjectStoreError]

    /// Tenants at a time; each holds a part of an object in memory, and libcurl another.
    private static let width = 2

    package static func run(_ shippers: [Shipper]) async -> ShippingRound {
        await withTaskGroup(of: (Int, Result<Int, ObjectStoreError>).self) { group in
            var rest = Array(shippers.enumerated())[...]
            var results: [(place: Int, result: Result<Int, ObjectStoreError>)] = []
            for _ in 0..<width { add(rest.popFirst(), to: &group) }
            while let result = await group.next() {
                results.append(result)
                add(rest.popFirst(), to: &group)
            }
            return ShippingRound(results.sorted { $0.place < $1.place }.map(\.result))
        }
    }

    private init(_ results: [Result<Int, ObjectStoreError>]) {
        uploaded = 0
        errors = []
        for result in results {
            switch result {
            case .success(let count): uploaded += count
            case .failure(let error): errors.append(error.wrapped("upload"))
            }
        }
    }

    private static func add(
        _ next: (offset: Int, element: Shipper)?,
        to group: inout TaskGroup<(Int, Result<Int, ObjectStoreError>)>
    ) {
        guard let (place, shipper) = next else { return }
        group.addTask {
            do throws(ObjectStoreError) {
                return (place, .success(try await shipper.sync()))
            } catch {
                return (place, .failure(error))
            }
        }
    }

    /// What Thanos logs as `err`; `nil` when all went well.
    package var message: String? {
        let texts = errors.map(\.message).joined(separator: "; ")
        switch errors.count {
        case 0: return nil
        case 1: return texts
        default: return "\(errors.count) errors: \(texts)"
        }
    }
}
