import HTTPServing
import Hashrings
import ReceiveFlags
import RemoteWrite

/// What becomes of one write, with the checks of Thanos 0.41 in their order
/// (`receiveHTTP` and `handleRequest` in pkg/receive/handler.go).
struct WritePath: Sendable {
    let settings: WriteSettings
    let ring: InstalledRing
    let splitter: WriteSplitter
    let fanout: WriteFanout
    let limits: InstalledLimits
    let metrics: ReceiverMetrics
    let log: ReceiverLog

    /// A body that has come in, and what its headers say about it.
    struct Arrival {
        let body: [UInt8]
        let tenant: String
        let headers: ServedHeaders
    }

    /// Stores a request that came over HTTP; answers the headers of a success.
    func accept(_ arrival: Arrival) async throws(WriteRefusal) -> [(String, String)] {
        let tenant = arrival.tenant
        let limits = limits.current.request(forTenant: tenant)
        let message = try MessageDecoder(
            limits: limits,
            onLimit: { hit(.bodySize, by: $0, tenant) },
            log: { log(.error, "handler.go:564", tenant, ("msg", $0), ("err", $1)) }
        ).decode(arrival.body, headers: arrival.headers)
        let replica = try Self.number(ofReplica: arrival.headers[settings.replicaHeader])
        let counts = message.request.counts
        guard counts.series > 0 else {
            logEmpty(counts, tenant)
            return message.writtenHeaders
        }
        try require(limits, of: tenant, .series, counts.series)
        try require(limits, of: tenant, .samples, counts.samples)
        let parts = try splitter.parts(of: message.request, tenant: tenant)
        guard !parts.isEmpty else {
            debug(tenant, ("msg", "remote write request dropped due to relabeling."))
            return message.writtenHeaders
        }
        do throws(WriteRefusal) {
            try await store(parts, replica: replica, tenant: tenant)
        } catch {
            debug(tenant, ("msg", "failed to handle request"), ("err", error.message))
            throw error
        }
        return message.writtenHeaders
    }

    /// Stores parts of any origin; `replica` counts from 1, 0 asks for all replicas.
    func store(
        _ parts: [TenantWrite], replica: UInt64, tenant: String
    ) async throws(WriteRefusal) {
        guard let ring = ring.current else { throw .notReady }
        let replica = settings.mode == .routerOnly ? 0 : replica
        // Only a receiver that routes and stores can be part of a cycle and minds the number.
        guard
            settings.mode == .ingestorOnly
                || replica <= UInt64(max(settings.replicationFactor, 0))
        else {
            log(
                .error, "handler.go:673", nil, ("tenantHTTP", tenant),
                ("err", WriteRefusal.badReplica.message), ("msg", "write request rejected"),
                ("request_replica", String(replica)),
                ("replication_factor", String(settings.replicationFactor)))
            throw .badReplica
        }
        let refusal: WriteRefusal?
        do throws(WriteFanout.Failure) {
            try await fanout.write(parts, replica: replica, ring: ring)
            refusal = nil
        } catch {
            refusal = self.refusal(for: error, tenant: tenant)
        }
        count(parts, status: refusal?.status ?? 200)
        if let refusal { throw refusal }
    }

    private func refusal(for failure: WriteFanout.Failure, tenant: String) -> WriteRefusal {
        let refusal: WriteRefusal
        switch failure {
        case .lookup(let error):
            refusal = WriteRefusal(status: 500, message: error.message)
            log(
                .error, "handler.go:789", tenant,
                ("msg", "failed to distribute timeseries to replicas"), ("err", error.message))
        case .quorum(let failure):
            refusal = WriteRefusal(status: failure.status, message: failure.message)
        }
        if refusal.status == 500 {
            log(
                .error, "handler.go:640", tenant, ("err", refusal.message),
                ("msg", "internal server error"))
        }
        return refusal
    }

    private static func number(ofReplica text: String?) throws(WriteRefusal) -> UInt64 {
        guard let text, !text.isEmpty else { return 0 }
        guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = UInt64(text) else {
            throw WriteRefusal(status: 400, message: "could not parse replica header")
        }
        return number
    }
}

extension WritePath {
    private func require(
        _ limits: RequestLimits, of tenant: String, _ kind: RequestLimits.Kind, _ amount: Int
    ) throws(WriteRefusal) {
        guard let excess = limits.excess(of: amount, over: kind) else { return }
        hit(kind, by: excess, tenant)
        throw WriteRefusal(status: 413, message: kind.refusal)
    }

    private func hit(_ kind: RequestLimits.Kind, by excess: Int, _ tenant: String) {
        metrics.observe(
            excess, in: .writeLimitsHit, [("limit", kind.rawValue), ("tenant", tenant)])
    }

    private func count(_ parts: [TenantWrite], status: Int) {
        for part in parts {
            let labels = [
                (name: "code", value: String(status)), (name: "tenant", value: part.tenant),
            ]
            metrics.observe(part.request.counts.series, in: .writeTimeseries, labels)
            metrics.observe(part.request.counts.samples, in: .writeSamples, labels)
        }
    }

    private func logEmpty(_ counts: WriteRequest.Counts, _ tenant: String) {
        debug(
            tenant,
            (
                "msg",
                counts.metadata > 0
                    ? "only metadata from client; metadata ingestion not supported; skipping"
                    : "empty remote write request; client bug or newer remote write protocol "
                        + "used?; skipping"
            ))
    }

    private func debug(_ tenant: String, _ fields: ReceiverLog.Field...) {
        log(.debug, "handler.go", tenant, fields)
    }

    private func log(
        _ level: ReceiverLog.Level, _ caller: String, _ tenant: String?,
        _ fields: ReceiverLog.Field...
    ) {
        log(level, caller, tenant, fields)
    }

    private func log(
        _ level: ReceiverLog.Level, _ caller: String, _ tenant: String?,
        _ fields: [ReceiverLog.Field]
    ) {
        let component: [ReceiverLog.Field] = [
            ("component", "receive"), ("component", "receive-handler"),
        ]
        log(
            level, caller: caller,
            component + (tenant.map { [("tenant", $0)] } ?? []) + fields)
    }
}
