import Hashrings
import ReceiveFlags
import RemoteWrite
import SnappyCodec

/// Why a write is not answered 200.
struct WriteRefusal: Error {
    let status: Int
    let message: String
}

/// Decides what becomes of one write, with the checks of Thanos 0.41 in their order.
///
/// This slice ends where Thanos would store and forward: samples are counted and dropped.
struct WriteJudgement {
    let settings: WriteSettings
    let ring: ServedRing
    /// From the header, checked.
    let tenant: String
    let metrics: ReceiverMetrics
    let log: ReceiverLog

    /// Bytes that decoding will take; 0 for what will be refused before.
    static func decodedSize(of body: [UInt8], settings: WriteSettings) -> Int {
        let declared = SnappyBlock.plausibleLength(of: body) ?? 0
        return declared <= settings.decodedLimit ? declared : 0
    }

    func accept(_ body: [UInt8], replica: String?) throws(WriteRefusal) {
        let request = try decode(body)
        let replicaNumber = try number(ofReplica: replica)
        guard request.counts.series > 0 else {
            logEmpty(request)
            return
        }
        let tally: TenantTally
        do throws(WriteRefusal) {
            tally = try distribute(request, replicas: try replicas(replicaNumber))
        } catch {
            debug("failed to handle request", error.message)
            throw error
        }
        try store(tally)
    }

    private func decode(_ body: [UInt8]) throws(WriteRefusal) -> WriteRequest {
        let bytes: [UInt8]
        do throws(SnappyError) {
            bytes = try SnappyBlock.decode(body, limit: settings.decodedLimit)
        } catch {
            switch error {
            case .corrupt: break
            case .tooLarge: throw WriteRefusal(status: 413, message: "write request too large")
            }
            log(
                .error, caller: "handler.go:564", ("component", "receive"),
                ("component", "receive-handler"), ("tenant", tenant),
                ("msg", "snappy decode error"), ("err", "s2: \(error.message)"))
            throw WriteRefusal(
                status: 400, message: "snappy decode error: s2: \(error.message)")
        }
        do throws(RemoteWriteError) {
            return try WriteRequest(decoding: bytes)
        } catch {
            throw WriteRefusal(status: 400, message: error.message)
        }
    }

    private func number(ofReplica text: String?) throws(WriteRefusal) -> UInt64 {
        guard let text, !text.isEmpty else { return 0 }
        guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = UInt64(text) else {
            throw WriteRefusal(status: 400, message: "could not parse replica header")
        }
        return number
    }

    /// The replicas to look nodes up for: one for a request that another receiver has forwarded.
    private func replicas(_ number: UInt64) throws(WriteRefusal) -> Range<Int> {
        // Only a receiver that routes and stores can be part of a cycle and minds the number.
        let number = settings.mode == .routerIngestor ? number : 0
        guard number > 0 else { return 0..<max(settings.replicationFactor, 0) }
        guard number <= UInt64(max(settings.replicationFactor, 0)) else {
            let message = "request replica exceeds receiver replication factor"
            log(
                .error, caller: "handler.go:673", ("component", "receive"),
                ("component", "receive-handler"), ("tenantHTTP", tenant), ("err", message),
                ("msg", "write request rejected"), ("request_replica", String(number)),
                ("replication_factor", String(settings.replicationFactor)))
            throw WriteRefusal(status: 400, message: message)
        }
        return Int(number) - 1..<Int(number)
    }

    private func logEmpty(_ request: WriteRequest) {
        debug(
            request.counts.metadata > 0
                ? "only metadata from client; metadata ingestion not supported; skipping"
                : "empty remote write request; client bug or newer remote write protocol used?; "
                    + "skipping", nil)
    }

    private func debug(_ message: String, _ error: String?) {
        let fields: [ReceiverLog.Field] = error.map { [("err", $0)] } ?? []
        log(
            .debug, caller: "handler.go",
            [
                ("component", "receive"), ("component", "receive-handler"), ("tenant", tenant),
                ("msg", message),
            ] + fields)
    }
}

extension WriteJudgement {
    /// Looks up every series' nodes and counts series and faults by tenant.
    private func distribute(
        _ request: WriteRequest, replicas: Range<Int>
    ) throws(WriteRefusal) -> TenantTally {
        var tally = TenantTally()
        var lookupError: HashringError?
        var refusal: WriteRefusal?
        do throws(RemoteWriteError) {
            try request.forEachSeries { series throws(RemoteWriteError) in
                guard lookupError == nil, refusal == nil else { return }
                let owner = try owner(of: series)
                if !tally.knows(owner.tenant) {
                    refusal = refusalOfSplit(owner)
                    lookupError = lookupFailure(owner, replicas)
                }
                let fault =
                    settings.mode.stores
                    ? try series.labelFault(removing: owner.splitLabel) : nil
                tally.add(series, fault: fault, to: owner.tenant)
            }
        } catch {
            throw WriteRefusal(status: 400, message: error.message)
        }
        if let refusal { throw refusal }
        if let lookupError { throw refuse(lookupError) }
        return tally
    }

    /// A series' tenant, and the label that named it and is taken away.
    private struct Owner {
        let tenant: String
        let splitLabel: String?
    }

    private func owner(of series: SeriesView) throws(RemoteWriteError) -> Owner {
        guard let name = settings.splitTenantLabel, let value = try series.value(of: name),
            !value.isEmpty
        else { return Owner(tenant: tenant, splitLabel: nil) }
        return Owner(tenant: String(decoding: value, as: UTF8.self), splitLabel: name)
    }

    private func lookupFailure(_ owner: Owner, _ replicas: Range<Int>) -> HashringError? {
        do throws(HashringError) {
            try ring.requireNodes(forTenant: owner.tenant, replicas: replicas)
            return nil
        } catch {
            return error
        }
    }

    /// 0.41 lets any label value name a folder; here it is held to the rules of the header.
    private func refusalOfSplit(_ owner: Owner) -> WriteRefusal? {
        guard owner.splitLabel != nil else { return nil }
        do throws(TenantName.Refusal) {
            try TenantName.check(owner.tenant)
            return nil
        } catch {
            return WriteRefusal(status: 400, message: error.message)
        }
    }

    private func refuse(_ error: HashringError) -> WriteRefusal {
        log(
            .error, caller: "handler.go:789", ("component", "receive"),
            ("component", "receive-handler"), ("tenant", tenant),
            ("msg", "failed to distribute timeseries to replicas"), ("err", error.message))
        log(
            .error, caller: "handler.go:640", ("component", "receive"),
            ("component", "receive-handler"), ("tenant", tenant), ("err", error.message),
            ("msg", "internal server error"))
        return WriteRefusal(status: 500, message: error.message)
    }

    /// Where Thanos would append: faulty series make the answer a 409, the others are dropped.
    private func store(_ tally: TenantTally) throws(WriteRefusal) {
        var reasons: Set<String> = []
        for (tenant, counts) in tally.counts.sorted(by: { $0.key < $1.key }) {
            for fault in LabelFault.allCases {
                guard let dropped = counts.faults[fault] else { continue }
                reasons.insert("add \(dropped) series: \(fault.text)")
                log(
                    .warn, caller: fault.caller, ("component", "receive"),
                    ("component", "receive-writer"), ("tenant", tenant),
                    ("msg", fault.logMessage), ("numDropped", String(dropped)))
            }
        }
        let code = reasons.isEmpty ? "200" : "409"
        for (tenant, counts) in tally.counts {
            let labels = [(name: "code", value: code), (name: "tenant", value: tenant)]
            metrics.observe(counts.series, in: .writeTimeseries, labels)
            metrics.observe(counts.samples, in: .writeSamples, labels)
        }
        guard !reasons.isEmpty else { return }
        let joined = reasons.sorted().joined(separator: "; ")
        let message = reasons.count > 1 ? "\(reasons.count) errors: \(joined)" : joined
        debug("failed to handle request", message)
        throw WriteRefusal(status: 409, message: message)
    }
}
