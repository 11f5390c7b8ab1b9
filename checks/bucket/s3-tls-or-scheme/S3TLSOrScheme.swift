import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let s3TlsOrScheme = Check(
        "s3-tls-or-scheme",
        severity: .critical,
        stage: .postRollout,
        summary: "TLS to object storage fails, or one side does not speak it",
        why: """
            With insecure: false, the default, Thanos speaks TLS and trusts the authorities of its \
            image. A store without TLS or with a certificate of one's own fails every upload, and \
            the first one comes about three hours after the first sample.
            """,
        fix: """
            Write insecure: true for a store that speaks plain HTTP. For a private authority mount \
            its certificate and name it in http_config.tls_config.ca_file; let the endpoint use a \
            name that stands in the store's certificate.
            """,
        needs: .receivers, .asFarAsSeen(.receiverLogs), .asFarAsSeen(.buckets),
        .asFarAsSeen(.componentLogs), .now, .view,
        references: [
            "https://thanos.io/tip/thanos/storage.md/#s3",
            "https://github.com/thanos-io/thanos/issues/5042",
        ],
        examples: s3TlsOrSchemeExamples
    ) { receivers, running, buckets, components, now, view in
        let refused = StorageTrouble.all(receivers, running, buckets, view) {
            [.tls, .plainTextNotSpoken].contains($1.kind)
        }
        let others = ComponentTrouble.all(in: components, besides: refused, view) {
            [.tls, .plainTextNotSpoken].contains($0)
        }
        return refused.map { finding($0, now: now, view) }
            + others.map { trouble in
                let (what, text) = words(isScheme: trouble.kind == .plainTextNotSpoken)
                return trouble.finding(what, now: now, repair: Repair(text: text))
            }
            + receivers.flatMap { group in
                DoubtfulTLS.all(of: group, view).map { finding($0, group, view) }
            }
    }
}

private func finding(_ trouble: StorageTrouble, now: Double, _ view: ClusterView) -> Finding {
    let kinds = trouble.failures.compactMap(\.kind) + (trouble.answer.map { [$0.kind] } ?? [])
    let isScheme = kinds.first == .plainTextNotSpoken
    let (what, text) = words(isScheme: isScheme)
    // This host trusts other authorities than the receivers do; the scheme is the same for all.
    return trouble.finding(
        what, isCertain: trouble.answer?.kind == .plainTextNotSpoken, now: now, view,
        repair: Repair(text: text))
}

private func words(isScheme: Bool) -> (what: String, repair: String) {
    isScheme
        ? (
            "one side speaks TLS and the other plain HTTP",
            "write insecure: true for plain HTTP, or false where the store speaks TLS"
        )
        : (
            "the TLS handshake with object storage fails",
            "mount the authority's certificate and name it in http_config.tls_config.ca_file, "
                + "or use the name in the store's certificate"
        )
}

private func finding(_ doubt: DoubtfulTLS, _ group: ReceiverGroup, _ view: ClusterView) -> Finding {
    let runs = group.pods.contains(where: \.isReady)
    let isCertain = doubt.isFatal && !runs
    return Finding(
        doubt.message, object: group.reference,
        at: doubt.range ?? group.range(ofFlag: group.objstoreFlag),
        severity: isCertain ? nil : .warning, confidence: isCertain ? .certain : .likely,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest", "config.\(doubt.field) is read so",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(text: doubt.repair))
}
