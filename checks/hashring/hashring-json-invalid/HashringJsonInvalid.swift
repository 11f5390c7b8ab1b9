import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let hashringJsonInvalid = Check(
        "hashring-json-invalid",
        severity: .critical,
        stage: .preInstall,
        summary: "The hashring file does not parse, is empty, or is refused",
        why: """
            A receiver that starts with such a file exits: "configuration file is not parsable" or \
            "is empty". One that runs keeps the hashring it had, and nothing but a log line every \
            five minutes tells; it fails at its next start. A misspelt key is not even an error: \
            Thanos ignores it.
            """,
        fix: """
            Write a JSON array of objects with "hashring", "tenants" and "endpoints", and compare \
            thanos_receive_config_hash of every pod afterwards: \
            thanos_receive_config_last_reload_successful stays at 1 after a failure.
            """,
        needs: .receiverFiles, .optional(.components), .ifConfigured(.receiverLogs), .now, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/blob/main/pkg/receive/config.go",
        ],
        examples: hashringJsonInvalidExamples
    ) { receivers, components, logged, now, view in
        let generated = Set(
            (components ?? []).compactMap { GeneratedRing($0, receivers: receivers)?.configMap })
        let refused = receivers.byHashring.flatMap { readers -> [Finding] in
            let file = UnusableRings(readers, view)
            // What a controller writes stands in Git as a placeholder only.
            let isPlaceholder = file.configMap.map(generated.contains) ?? false
            return isPlaceholder && !view.isCluster ? [] : file.findings
        }
        // A hint does not outweigh what the receivers themselves say.
        let told = Set(
            refused.filter { $0.confidence == .certain && $0.severity != .warning }
                .flatMap(\.about))
        return refused
            + receivers.filter { !told.contains($0.reference) }.compactMap { group in
                logged?.of(group.reference)
                    .flatMap { UnloadableFile($0, now: now, view) }?
                    .finding(group, view)
            }
    }
}
