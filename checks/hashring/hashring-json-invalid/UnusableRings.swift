import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// What Thanos would not take, or not understand, in one hashring configuration.
struct UnusableRings {
    let readers: [ReceiverGroup]
    let view: ClusterView

    /// - Parameter readers: at least one.
    init(_ readers: [ReceiverGroup], _ view: ClusterView) {
        self.readers = readers
        self.view = view
    }

    var first: ReceiverGroup { readers[0] }

    var configMap: ObjectReference? {
        guard case .configMap(let map, key: _)? = first.hashring.origin else { return nil }
        return map
    }

    var text: Node? { first.hashring.origin.flatMap(view.objects.hashringText)?.text }

    var findings: [Finding] {
        if configMap.map(view.mayReplace) == true { return [] }
        switch first.hashring {
        case .invalid(let error, from: _):
            return [refused(error.message, at: error.range)]
        case .configured(let rings, from: _) where rings.rings.isEmpty:
            // Thanos takes null in the flag for no hashring at all.
            if first.flags.hashringsFile == nil, first.flags.hashrings == "null" { return [] }
            return [refused("it is empty", at: nil)]
        case .configured(let rings, from: _):
            return refusals(of: rings) + misunderstood(rings)
        case .notConfigured, .unresolved:
            return []
        }
    }

    /// The place, where the configuration has one of its own.
    private func place(_ range: SourceRange?) -> SourceRange {
        guard configMap != nil else { return first.range(ofFlag: "--receive.hashrings") }
        return range ?? text?.range ?? first.range(ofFlag: "--receive.hashrings-file")
    }

    private var title: String {
        configMap.map { "ConfigMap \($0.name)" } ?? "--receive.hashrings"
    }

    func finding(
        _ message: String, at range: SourceRange?, label: String, severity: Severity?,
        confidence: Confidence, text: String
    ) -> Finding {
        let command = configMap.map {
            view.kubectl("get configmap \($0.name) -o yaml", namespace: $0.namespace)
        }
        let editing = configMap.map {
            view.kubectl("edit configmap \($0.name)", namespace: $0.namespace)
        }
        return Finding(
            message, object: first.reference, at: place(range), label: label, severity: severity,
            confidence: confidence,
            evidence: [EvidenceItem(view.objectSource, "\(title): \(label)", command: command)],
            repair: Repair(command: view.isCluster ? editing : nil, text: text),
            about: readers.map(\.reference) + (configMap.map { [$0] } ?? [])
                + readers.flatMap { $0.services.map(\.reference) })
    }

    private func refused(
        _ message: String, at range: SourceRange?,
        pending: String = "what runs keeps what it had, and fails at its next start"
    ) -> Finding {
        let reason = message.withoutFullStop
        let runs = readers.contains { $0.pods.contains(where: \.isReady) }
        // What only looks like JSON may be a template that somebody fills in.
        let written = text?.string ?? ""
        let isTemplate =
            !view.isCluster && !view.isComplete(kind: "ConfigMap")
            && (written.contains("{{") || written.contains("${"))
        return finding(
            "thanos refuses the hashrings in \(title): \(reason)"
                + (runs ? "; \(pending)" : ""),
            at: range, label: reason,
            severity: isTemplate ? .warning : (runs ? .error : nil),
            confidence: isTemplate ? .possible : .certain,
            text: "correct the JSON: an array with an object for each hashring")
    }

    /// What parses and cannot be built: Thanos exits, also when it reads it while it runs.
    private func refusals(of rings: HashringConfiguration) -> [Finding] {
        let flag = HashringAlgorithm(rawValue: first.flags.hashringsAlgorithm) ?? .hashmod
        let codes: [HashringError.Code] = [
            .azWithHashmod, .shuffleShardingWithHashmod, .shardLargerThanRing,
        ]
        return rings.rings.compactMap { ring in
            let errors = ring.constructionErrors(
                flagAlgorithm: flag, replicationFactor: first.replicationFactor)
            guard let error = errors.first(where: { codes.contains($0.code) }) else { return nil }
            let needed = error.firstRelease
            guard let version = first.version else {
                return finding(
                    "a thanos of \(needed) or newer refuses the hashring: "
                        + error.message.withoutFullStop,
                    at: error.range, label: "refused", severity: .info, confidence: .possible,
                    text: "correct the ring, or set its algorithm to ketama")
            }
            return version < needed
                ? nil
                : refused(
                    error.message, at: error.range, pending: "what runs exits when it reads them")
        }
    }
}
