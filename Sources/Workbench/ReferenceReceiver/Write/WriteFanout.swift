import Hashrings
import RemoteWrite
import TimeSeries

/// Brings every series to the nodes that own it: this one, or others
/// (`forward` and `fanoutForward` in pkg/receive/handler.go).
struct WriteFanout: Sendable {
    /// How writes are replicated, from the flags.
    struct Settings: Sendable {
        let replicationFactor: Int
        let localEndpoint: String?
        /// For all replicas together (`--receive-forward-timeout`).
        let timeout: Duration
        /// Counted from 1; their writes succeed without being stored (`--fault drop-replica`).
        var droppedReplicas: Set<UInt64> = []
    }

    let settings: Settings
    /// Nil in a router, which stores nothing.
    let local: LocalWriter?
    let peers: PeerPool
    let now: @Sendable () -> Duration
    let onLateFailure: @Sendable (ReplicaError) -> Void

    /// Why a write did not succeed.
    enum Failure: Error {
        case lookup(HashringError)
        case quorum(QuorumFailure)
    }

    /// Stores a request's parts; `replica` counts from 1, 0 asks for all replicas.
    func write(
        _ parts: [TenantWrite], replica: UInt64, ring: ServedRing
    ) async throws(Failure) {
        switch ring {
        case .singleNode: try await writeHere(parts, replica: max(replica, 1))
        case .rings(let rings): try await write(parts, replica: replica, rings: rings)
        }
    }

    private func writeHere(_ parts: [TenantWrite], replica: UInt64) async throws(Failure) {
        var errors: [ReplicaError] = []
        for part in parts {
            if let error = await store(part, replica: replica, isChosen: { _ in true }) {
                errors.append(error)
            }
        }
        guard let first = errors.first else { return }
        var reasons = ReasonSet()
        for error in errors { reasons.formUnion(error.reasons) }
        throw .quorum(
            QuorumFailure(
                kind: first.causes.contains(.conflict) ? .conflict : .unknown,
                message: reasons.text))
    }

    private func store(
        _ part: TenantWrite, replica: UInt64, isChosen: @Sendable (Int) -> Bool
    ) async -> ReplicaError? {
        guard let local, !settings.droppedReplicas.contains(replica) else { return nil }
        do throws(LocalWriter.Failure) {
            let report = try await local.write(
                part.request, tenant: part.tenant, isChosen: isChosen)
            guard !report.faults.isEmpty else { return nil }
            return ReplicaError(causes: .conflict, reasons: report.reasons)
        } catch {
            return ReplicaError(causes: [], reasons: [error.message])
        }
    }
}

extension WriteFanout {
    /// A part of a request with the nodes of its series.
    private struct Placed {
        let part: TenantWrite
        let distribution: Distribution
        let ring: Hashring
    }

    private func write(
        _ parts: [TenantWrite], replica: UInt64, rings: MultiHashring
    ) async throws(Failure) {
        let replicas =
            replica == 0
            ? 0..<max(settings.replicationFactor, 1) : Int(replica) - 1..<Int(replica)
        let placed = try place(parts, replicas: replicas, rings: rings)
        let round = QuorumRound(
            placements: placed.reduce(0) { $0 + $1.distribution.placementCount },
            replies: placed.reduce(0) { $0 + $1.distribution.shipments.count },
            quorum: QuorumRound.quorum(
                replicationFactor: settings.replicationFactor, isReplicated: replica > 0),
            onLateFailure: onLateFailure)
        let deadline = now() + settings.timeout
        for placed in placed { submit(placed, to: round, by: deadline, isReplicated: replica > 0) }
        for placed in placed { await storeShare(of: placed, in: round) }
        let timeout = settings.timeout
        let outcome = await round.outcome { try? await Task.sleep(for: timeout) }
        if case .failed(let failure) = outcome { throw .quorum(failure) }
    }

    private func place(
        _ parts: [TenantWrite], replicas: Range<Int>, rings: MultiHashring
    ) throws(Failure) -> [Placed] {
        var placed: [Placed] = []
        var placements = 0
        for part in parts {
            do throws(HashringError) {
                let placement = try rings.placement(forTenant: part.tenant)
                try placement.ring.requireNodes(replicas: replicas)
                try placement.ring.requireFollowable()
                let distribution = try Distribution(
                    hashes: placement.hashes(of: part.request), replicas: replicas,
                    firstPlacement: placements
                ) { hash, replica throws(HashringError) in
                    let nodes = placement.ring.replicas(forHash: hash)
                    return Int(nodes[nodes.startIndex + replica])
                }
                placements += distribution.placementCount
                placed.append(
                    Placed(part: part, distribution: distribution, ring: placement.ring))
            } catch {
                throw .lookup(error)
            }
        }
        return placed
    }

    private func isLocal(_ endpoint: PeerEndpoint) -> Bool {
        settings.localEndpoint.map { endpoint.isLocal(to: $0) } ?? false
    }

    /// Hands the shares of other nodes to their lines.
    private func submit(
        _ placed: Placed, to round: QuorumRound, by deadline: Duration, isReplicated: Bool
    ) {
        for shipment in placed.distribution.shipments {
            let endpoint = PeerEndpoint(placed.ring.endpoints[shipment.endpoint])
            guard !isLocal(endpoint) else { continue }
            peers.submit(
                ForwardJob(
                    endpoint: endpoint, replica: shipment.replica, isReplicated: isReplicated,
                    message: message(of: placed, shipment), deadline: deadline
                ) { result in
                    switch result {
                    case .success: round.succeeded(shipment.placements)
                    case .failure(let error): round.failed(shipment.placements, error)
                    }
                })
        }
    }

    private func message(of placed: Placed, _ shipment: Distribution.Shipment) -> [UInt8] {
        let isMember = placed.distribution.membership(of: shipment)
        var builder = ForwardedRequest.Builder(capacity: placed.part.request.size)
        var place = 0
        placed.part.request.forEachSeries { series in
            if isMember(place) { builder.add(series: series.message) }
            place += 1
        }
        return builder.message(tenant: placed.part.tenant, replica: shipment.replica)
    }

    private func storeShare(of placed: Placed, in round: QuorumRound) async {
        for shipment in placed.distribution.shipments
        where isLocal(PeerEndpoint(placed.ring.endpoints[shipment.endpoint])) {
            let isMember = placed.distribution.membership(of: shipment)
            let replica = UInt64(shipment.replica) + 1
            if let error = await store(placed.part, replica: replica, isChosen: isMember) {
                round.failed(shipment.placements, error)
            } else {
                round.succeeded(shipment.placements)
            }
        }
    }
}

extension TenantPlacement {
    /// The hash of every series of a request, in its order.
    fileprivate func hashes(of request: WriteRequest) -> [UInt64] {
        var hashes: [UInt64] = []
        hashes.reserveCapacity(request.counts.series)
        request.forEachSeries { series in
            if let labels = series.usualLabels {
                hashes.append(hasher.hash(canonicalWire: labels))
            } else {
                hashes.append(hasher.hash(series.labelSet()))
            }
        }
        return hashes
    }
}
