import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let storeGatewayTimeGap = Check(
        "store-gateway-time-gap",
        severity: .warning,
        summary: "A span of time is in neither the receivers nor the Store Gateway",
        why: """
            Receivers answer for what they keep, and the Store Gateway for what is in its bucket. \
            What lies between, or in a bucket that no Store Gateway reads, is empty in every graph \
            although nothing is lost.
            """,
        fix: """
            Let Store Gateway, Compactor and receivers use one bucket and prefix, remove time \
            limits that are shorter than the receivers' retention, and keep at least six hours in \
            the receivers.
            """,
        needs: .receivers, .optional(.components), .optional(.queries), .now, .view,
        references: [
            "https://thanos.io/tip/components/store.md/#time-based-partitioning",
            "https://github.com/thanos-io/thanos/issues/6597",
        ],
        examples: storeGatewayTimeGapExamples
    ) { receivers, components, queries, now, view in
        let uploading = receivers.filter {
            $0.flags.mode.stores && !$0.isPatch && $0.objectStore.isConfigured
        }
        let gateways = (components ?? []).filter {
            $0.program == .store && view.otherManifests(of: $0.workload).isEmpty
        }
        let asks = (components ?? []).contains { $0.program == .query }
        return uploading.flatMap { group -> [Finding] in
            let limited = gateways.compactMap { limit($0, gateways, group, view) }
            return [unread(group, gateways, asks: asks, view)].compactMap(\.self) + limited
        } + (queries ?? []).compactMap { gap($0, uploading, now: now, view) }
    }
}

/// Uploads that no Store Gateway reads: none is there, or all read something else.
private func unread(
    _ group: ReceiverGroup, _ gateways: [ThanosComponent], asks: Bool, _ view: ClusterView
) -> Finding? {
    let same = gateways.map { $0.objectStore.isSame(as: group.objectStore) }
    guard view.isWhole, same.allSatisfy({ $0 == false }), asks || !gateways.isEmpty,
        !(view.pipeline.components.contains { $0.program == .store } && gateways.isEmpty)
    else { return nil }
    // Without a limit the receivers answer for everything.
    guard let retention = group.flags.tsdbRetention, retention > .zero else { return nil }
    let hours = retention.components.seconds / 3600
    let first = gateways.first
    let message =
        "no Store Gateway reads what \(group.reference) uploads: "
        + (first.map { "\($0.reference) has another bucket" }
            ?? "Query sees the last \(hours) hours")
    return Finding(
        message, object: first?.reference ?? group.reference,
        at: first?.nameRange ?? group.range(ofFlag: group.objstoreFlag),
        confidence: first == nil ? .likely : .certain,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", message,
                command: view.kubectl("get statefulsets,deployments -A"))
        ],
        repair: Repair(text: "run a Store Gateway with the configuration that the receivers have"),
        about: first == nil ? [] : [group.reference])
}

/// `--max-time=-24h` at the Store Gateway, and receivers that keep less.
private func limit(
    _ gateway: ThanosComponent, _ gateways: [ThanosComponent], _ group: ReceiverGroup,
    _ view: ClusterView
) -> Finding? {
    guard let flag = gateway.values(of: "--max-time").last, flag.value.hasPrefix("-"),
        let age = FlagValue.prometheusDuration(String(flag.value.dropFirst())),
        let retention = group.flags.tsdbRetention, retention > .zero, retention < age,
        gateway.objectStore.isSame(as: group.objectStore) == true,
        !gateways.contains(where: { $0.mayServe(from: age, to: retention, of: group) })
    else { return nil }
    let kept = group.flags.occurrence(of: "--tsdb.retention")?.value ?? "15d"
    return Finding(
        "the Store Gateway leaves out what is younger than \(flag.value.dropFirst()), and "
            + "\(group.reference) keeps \(kept)",
        object: gateway.reference, at: flag.range, label: "longer than receivers keep",
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", "--max-time is \(flag.value)",
                command: view.kubectl(
                    "get \(gateway.reference.kind.lowercased()) \(gateway.reference.name) -o yaml",
                    namespace: gateway.reference.namespace))
        ],
        repair: Repair(text: "remove --max-time, or let the receivers keep more than that"),
        about: [group.reference])
}

/// The first span that no store answers for, between the oldest data and now.
private func gap(_ query: QueryState, _ groups: [ReceiverGroup], now: Double, _ view: ClusterView)
    -> Finding?
{
    let known = query.stores.filter { store in
        store.lastError == nil && store.minTime > 0 && store.minTime <= store.maxTime
            && Double(store.minTime) < now * 1000
    }
    // A Query of Queries, and stores without data, say nothing of time.
    guard known.contains(where: { $0.type == "store" }), let group = groups.first,
        known.contains(where: { $0.type == "receive" })
    else { return nil }
    let spans = known.sorted { $0.minTime < $1.minTime }
    var end = spans[0].maxTime
    for span in spans.dropFirst() {
        // Blocks end at full hours, and the first sample behind comes a scrape later.
        guard span.minTime - end <= 600_000 else {
            return finding(from: end, to: span.minTime, query, group, now: now, view)
        }
        end = max(end, span.maxTime)
    }
    return nil
}

private func finding(
    from start: Int64, to end: Int64, _ query: QueryState, _ group: ReceiverGroup, now: Double,
    _ view: ClusterView
) -> Finding {
    let minutes = (end - start) / 60000
    let ago = Int((now - Double(start) / 1000) / 3600)
    let message = "no store answers for \(minutes) minutes that begin \(ago) hours ago"
    return Finding(
        message, object: query.component ?? group.reference, confidence: .likely,
        evidence: [
            EvidenceItem(
                "query", "minTime and maxTime of the stores leave \(minutes) minutes out",
                command: query.command("/api/v1/stores", in: view))
        ],
        repair: Repair(text: "look for blocks that were not uploaded, and raise --tsdb.retention"),
        about: [group.reference])
}
