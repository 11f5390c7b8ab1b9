import Diagnosis
import Digests
import Evidence
import KubernetesModel
import PipelineModel

/// What `thanos_receive_config_hash` says of the file that one pod runs with.
struct ConfigHash {
    static let metric = "thanos_receive_config_hash"

    let pod: Pod
    let value: Double

    /// The hashes of the pods that were made from the newest template; others may mount
    /// another ConfigMap.
    static func all(of group: ReceiverGroup, _ scraped: [ScrapedPod]) -> [ConfigHash] {
        let newest = group.workload.updateRevision
        return group.pods.compactMap { pod in
            let isOld = newest != nil && pod.revision != nil && pod.revision != newest
            guard !isOld, !pod.isTerminating,
                let page = scraped.first(where: { $0.pod == pod.reference }),
                // 0 until the first file was read.
                let value = page.sum(metric), value > 0, value.isFinite
            else { return nil }
            return ConfigHash(pod: pod, value: value)
        }
    }

    /// What the metric is for a text: `hashAsMetricValue` in Thanos' pkg/receive/config.go takes
    /// six bytes of a digest, the lowest first.
    struct Expected {
        let md5: Double
        let sha256: Double

        init(of text: [UInt8]) {
            md5 = Self.value(MD5.digest(text))
            sha256 = Self.value(SHA256.digest(text))
        }

        private static func value(_ digest: [UInt8]) -> Double {
            Double(digest.prefix(6).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        }

        /// Both count whatever the version: a tag may be wrong, and a digest is no other's by
        /// accident.
        func contains(_ value: Double) -> Bool { value == md5 || value == sha256 }

        /// MD5, since v0.41 SHA-256.
        func text(for version: Version?) -> String {
            switch version.map({ $0 < Version(0, 41) }) {
            case true?: ConfigHash.text(md5)
            case false?: ConfigHash.text(sha256)
            case nil:
                "\(ConfigHash.text(md5)) up to v0.40, and \(ConfigHash.text(sha256)) since v0.41"
            }
        }
    }

    /// As a whole number, which it is.
    static func text(_ value: Double) -> String {
        UInt64(exactly: value).map(String.init) ?? "\(value)"
    }

    func evidence(expecting: String, _ view: ClusterView, port: Int?) -> EvidenceItem {
        EvidenceItem(
            "cluster", "pod \(pod.name): \(Self.metric) is \(Self.text(value)), \(expecting)",
            command: view.metricsCommand(of: pod.reference, port: port ?? 10902, Self.metric))
    }
}
