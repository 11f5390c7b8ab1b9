import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// Looks for one signature in the logs of one view.
struct SignatureSearch {
    private var findings: [Finding] = []
    private var gaps: [MissingEvidence] = []
    private var hasLooked = false

    init(_ snapshot: Snapshot, _ view: ClusterView, for signature: LogSignature) {
        for writer in signature.writers {
            switch Self.logs(of: writer, snapshot, view) {
            case .missing(let missing): gaps.append(missing)
            case .known(let owners, gaps: let missing):
                hasLooked = true
                gaps += missing
                findings += owners.flatMap { owner in
                    owner.logs.compactMap { signature.finding(in: $0, of: owner, view) }
                }
            }
        }
    }

    var judgement: Judgement {
        if hasLooked { return .judged(findings, gaps: gaps) }
        let reason = gaps.first(where: \.isIgnorance) ?? gaps.first
        return .notJudged(reason ?? .notApplicable("no logs here"))
    }

    /// A workload with the logs of its pods.
    struct Owner: Sendable {
        let reference: ObjectReference
        let version: Version?
        let logs: [ContainerLog]
    }

    private static func logs(
        of writer: LogSignature.Writer, _ snapshot: Snapshot, _ view: ClusterView
    ) -> Reading<[Owner]> {
        switch writer {
        case .receivers:
            owners(EvidenceKey.receiverLogs.read(snapshot, view)) {
                Owner(reference: $0.group.reference, version: $0.group.version, logs: $0.logs)
            }
        case .agents:
            owners(EvidenceKey.agentLogs.read(snapshot, view)) {
                Owner(reference: $0.agent.reference, version: $0.agent.version, logs: $0.logs)
            }
        case .components:
            owners(EvidenceKey.componentLogs.read(snapshot, view)) {
                Owner(
                    reference: $0.component.reference, version: $0.component.version,
                    logs: $0.logs)
            }
        }
    }

    private static func owners<Running>(
        _ reading: Reading<ByOwner<Running>>, _ owner: (Running) -> Owner
    ) -> Reading<[Owner]> {
        switch reading {
        case .missing(let missing): .missing(missing)
        case .known(let all, gaps: let gaps): .known(all.map(owner), gaps: gaps)
        }
    }
}

extension LogSignature {
    /// One finding for a log, however often the line stands in it.
    fileprivate func finding(
        in log: ContainerLog, of owner: SignatureSearch.Owner, _ view: ClusterView
    ) -> Finding? {
        if let versions, let version = owner.version, !versions.contains(version) { return nil }
        let lines = log.lines.filter(matches)
        guard let last = lines.last else { return nil }
        var message = "\(fault.summary): \(lines.count) \(lines.count == 1 ? "line" : "lines")"
        message += " of \(log.container) in \(log.pod)"
        var severity = fault.severity
        if let versions, owner.version == nil {
            // What holds for some releases only is a hint where the release is not known.
            severity = min(severity, .info)
            message += " (if its version is \(versions.text))"
        }
        let command = view.kubectl(log.command, namespace: log.pod.namespace)
        return Finding(
            message, object: log.pod, severity: severity,
            evidence: [EvidenceItem("logs", last, command: command)],
            repair: Repair(text: fault.fix), about: [owner.reference])
    }
}
