import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let hashringStaleConfig = Check(
        "hashring-stale-config",
        severity: .warning,
        stage: .postRollout,
        summary: "Receivers run with an older hashring than the ConfigMap holds",
        why: """
            Receivers that disagree about the hashring send the same series to different nodes: \
            some are stored twice, some are missing copies, and out-of-order errors appear. A file \
            that is mounted with subPath is never updated in a running pod, and Thanos keeps the \
            old hashring, without a word in its metrics, when the new one does not parse.
            """,
        fix: """
            Mount the ConfigMap as a directory, not through subPath. Wait for the kubelet and for \
            one --receive.hashrings-file-refresh-interval, and restart the receivers whose \
            thanos_receive_config_hash is still another one.
            """,
        needs: .receiverFiles, .view, .now,
        .ifConfigured(
            .receiverMetrics(
                ConfigHash.metric, "thanos_receive_config_last_reload_success_timestamp_seconds")),
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/issues/6491",
            "https://kubernetes.io/docs/concepts/configuration/configmap/",
        ],
        examples: hashringStaleConfigExamples
    ) { receivers, view, now, measured in
        receivers.compactMap { group in
            let scraped = measured?.of(group.reference)?.pods ?? []
            let hashes = ConfigHash.all(of: group, scraped)
            guard let origin = group.hashring.origin,
                let (map, key, text) = view.objects.hashringText(origin)
            else { return disagreement(of: group, hashes, scraped, now: now, view) }
            let wanted = ConfigHash.Expected(of: text.withUTF8 { Array($0) } ?? [])
            let stale = hashes.filter { !wanted.contains($0.value) }
            guard stale.isEmpty else {
                return finding(group, stale, of: hashes.count, map, key, wanted, now: now, view)
            }
            return Finding(frozen: group, map, view)
        }
    }
}

private let file = "--receive.hashrings-file"

/// How long a change may take: the kubelet's sync, then the receiver's own look at the file.
private func delay(of group: ReceiverGroup) -> Double {
    120 + Double((group.flags.hashringsFileRefreshInterval ?? .seconds(300)).components.seconds)
}

private func finding(
    _ group: ReceiverGroup, _ stale: [ConfigHash], of count: Int, _ map: ConfigMapObject,
    _ key: String, _ wanted: ConfigHash.Expected, now: Double, _ view: ClusterView
) -> Finding {
    let changed = map.object.metadata?["managedFields"].items
        .compactMap { $0["time"]?.string.flatMap(Timestamp.seconds) }.max()
    let age = changed.map { now - $0 }
    let isRecent = age.map { $0 < delay(of: group) } ?? false
    let wait = Int(delay(of: group))
    let names = listed(stale.map(\.pod.name))
    let mount = group.hashringSubPath.map { Place($0.range, "a running pod never sees a change") }
    return Finding(
        "\(names) \(stale.count == 1 ? "runs" : "run") with another hashring than key \(key) of "
            + "ConfigMap \(map.object.name) holds"
            + (isRecent
                ? "; that was changed \(Int(age ?? 0)) s ago, and may take \(wait) s to arrive"
                : ", \(stale.count) of \(counted(count, "receiver"))"),
        object: group.reference, at: (map.keyNode(key) ?? map.object.node).range,
        label: "not what these pods run with", severity: isRecent ? .info : nil,
        confidence: isRecent ? .possible : .certain, alsoAt: mount.map { [$0] } ?? [],
        evidence: stale.map {
            $0.evidence(
                expecting: "this text gives \(wanted.text(for: group.version))", view,
                port: group.httpPort)
        },
        repair: restart(group, view), about: [map.reference] + stale.map(\.pod.reference))
}

/// What the pods run with differs, and what they ought to run with cannot be read.
private func disagreement(
    of group: ReceiverGroup, _ hashes: [ConfigHash], _ scraped: [ScrapedPod], now: Double,
    _ view: ClusterView
) -> Finding? {
    guard group.flags.hashringsFile != nil, Set(hashes.map(\.value)).count > 1 else { return nil }
    let loaded = scraped.compactMap {
        $0.sum("thanos_receive_config_last_reload_success_timestamp_seconds")
    }
    let isRecent = loaded.max().map { now - $0 < delay(of: group) } ?? false
    return Finding(
        "\(counted(hashes.count, "receiver")) run with \(Set(hashes.map(\.value)).count) different "
            + "hashrings" + (isRecent ? "; one of them was read just now" : ""),
        object: group.reference, at: group.range(ofFlag: file), label: "not the same on every pod",
        severity: isRecent ? .info : nil, confidence: isRecent ? .possible : .likely,
        evidence: hashes.map {
            $0.evidence(expecting: "which must be the same on all", view, port: group.httpPort)
        },
        repair: restart(group, view), about: hashes.map(\.pod.reference))
}

private func restart(_ group: ReceiverGroup, _ view: ClusterView) -> Repair {
    guard group.canLoadHashrings else {
        return Repair(
            text: "mend the hashring first: a receiver that starts with the text as it is now ends "
                + "at once")
    }
    let target = "\(group.reference.kind.lowercased())/\(group.reference.name)"
    return Repair(
        command: view.isCluster
            ? view.kubectl("rollout restart \(target)", namespace: group.reference.namespace) : nil,
        text: "mount the ConfigMap as a directory, and restart the receivers one by one")
}
