import CheckCatalogue
import Diagnosis
import Evidence
import Testing

/// What is said to do about an example's fault, and what must not be said.
struct Remedy: Sendable, CustomTestStringConvertible {
    let check: String
    let example: String
    let says: String
    var never: String?

    var testDescription: String { "\(check): \(example)" }
}

@Suite("Remedies that would do harm")
struct RemedyTests {
    private static let remedies = [
        Remedy(
            check: "hashring-stale-config", example: "one pod runs with an older file",
            says: "rollout restart"),
        Remedy(
            check: "hashring-stale-config",
            example: "a new ring that is no JSON: a restart would end them all",
            says: "mend the hashring first", never: "rollout restart"),
        Remedy(
            check: "hashring-stale-config", example: "a new ring with fewer endpoints than copies",
            says: "mend the hashring first", never: "rollout restart"),
        Remedy(
            check: "hashring-file-not-mounted", example: "its node has no inotify watch left",
            says: "fs.inotify.max_user_watches", never: "rollout"),
        Remedy(
            check: "hashring-file-not-mounted", example: "the process may not read the file",
            says: "defaultMode", never: "rollout"),
        Remedy(
            check: "receiver-wal-corrupt", example: "it cannot open its TSDB",
            says: "move the wal and chunks_head"),
        Remedy(
            check: "receiver-wal-corrupt",
            example: "a block that cannot be opened: its head is left alone",
            says: "leave its wal where it is", never: "move the wal"),
        Remedy(
            check: "pod-start-blocked", example: "the image would run as root, and may not",
            says: "state runAsUser", never: "create what the message names"),
        Remedy(
            check: "pod-start-blocked", example: "an init container that ends at every start",
            says: "logs receiver-0 -c chown --previous"),
        Remedy(
            check: "tsdb-permission-denied",
            example: "fsGroup is stated, and looks at the root alone",
            says: "chown the volume once", never: "patch"),
        Remedy(
            check: "tsdb-permission-denied", example: "lost+found, which is taken for a tenant",
            says: "deploy v0.42", never: "chown"),
        Remedy(
            check: "tsdb-disk-full", example: "all writes fail, and the pod is ready",
            says: "patch pvc data-receiver-0"),
        Remedy(
            check: "tsdb-disk-full", example: "a StorageClass that expands no claim",
            says: "make a new, larger claim", never: "patch pvc"),
        Remedy(
            check: "receiver-oomkilled",
            example: "all receivers are killed again and again while they replay",
            says: "then delete receiver-0"),
        Remedy(
            check: "receiver-oomkilled", example: "an hour ago, and ready again: a warning only",
            says: "raise the memory limit", never: "delete"),
        Remedy(
            check: "sts-update-blocked", example: "a larger volume in the manifest",
            says: "--cascade=orphan"),
        Remedy(
            check: "sts-update-blocked", example: "another name for the claim template",
            says: "give the claim templates their old names back", never: "--cascade=orphan"),
        Remedy(
            check: "sts-update-blocked", example: "Argo CD says that the apply was refused",
            says: "argocd app diff thanos", never: "kubectl"),
        Remedy(
            check: "receive-flag-rejected", example: "two flags of a newer release, in a cluster",
            says: #"/args/3"},{"op":"test","path":"/spec/template/spec/containers/0/args/2""#),
        Remedy(
            check: "missing-fsgroup", example: "a live StatefulSet whose pods run: a warning only",
            says: "leave their user as it is", never: "runAsUser"),
        Remedy(
            check: "hashring-dns-unresolvable", example: "the Service is not headless",
            says: "make a second Service", never: "patch"),
        Remedy(
            check: "hashring-dns-unresolvable",
            example: "a Service whose name begins like the namespace, in a cluster",
            says: "write receiver-0.thanos-receive.monitoring.svc,", never: "monitoring-receive"),
        Remedy(
            check: "tenant-header-mismatch",
            example: "a header of Mimir, whose tenant no hashring would take",
            says: "first add team-a to a hashring"),
        Remedy(
            check: "compactor-overlap-halt", example: "two blocks with the same labels: a warning",
            says: "only where both hold the same samples"),
        Remedy(
            check: "receiver-wal-corrupt", example: "it cannot open its TSDB",
            says: "no other receiver has these samples", never: "the others hold copies"),
        Remedy(
            check: "internal-ports-on-lb", example: "one Service for everything",
            says: "a headless Service; then", never: "kubectl"),
        Remedy(
            check: "l2-policy-missing", example: "no policy at all", says: "loadBalancerIPs: true",
            never: "interfaces"),
        Remedy(
            check: "etp-local-with-l2", example: "Local on a Service that shares its address",
            says: "at receiver, ingest in one step", never: "kubectl"),
        Remedy(
            check: "svc-selector-port-mismatch",
            example: "a dead port of a Service that is not for writes: a warning",
            says: "let targetPort be one of", never: "be 19291,"),
        Remedy(
            check: "edge-leftover-full-prometheus",
            example: "beside receivers, where it may serve all clusters",
            says: "if nobody else needs it", never: "kubectl"),
    ]

    @Test("A repair says what helps and nothing that harms", arguments: remedies)
    func saysWhatHelps(remedy: Remedy) throws {
        let row = try #require(
            JudgedExample.all.first {
                $0.check.id == remedy.check && $0.example.name == remedy.example
            })
        let finding = try #require(row.findings(in: row.bundle.snapshot).first)
        let text = [finding.repair?.command, finding.repair?.text].compactMap(\.self)
            .joined(separator: "\n")
        #expect(text.contains(remedy.says))
        if let never = remedy.never { #expect(!text.contains(never)) }
    }
}
