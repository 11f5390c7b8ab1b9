import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let kustomizeReferenceDrift = Check(
        "kustomize-reference-drift",
        severity: .error,
        summary: "Kustomize renamed an object that a plain string still names",
        why: """
            Kustomize rewrites the names and namespaces of objects and the references that it \
            knows, but no strings: a hashring, an argument or a URL keeps the old name, which then \
            leads nowhere ("no such host").
            """,
        fix: """
            Fill the strings in with replacements: in the overlay, or write them there in full. A \
            hashring that is mounted as a directory can do without the hash behind its name: \
            generatorOptions with disableNameSuffixHash: true.
            """,
        needs: .pipeline, .optional(.agents), .optional(.components),
        .optional(.objects(.namespaces)), .view,
        references: [
            "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/",
            "https://github.com/kubernetes-sigs/kustomize/issues/3380",
        ],
        examples: kustomizeReferenceDriftExamples
    ) { _, _, _, namespaces, view in
        let known = Set((namespaces ?? []).map(\.name))
        let lost = LostName.all(in: view, namespaces: known.isEmpty ? nil : known)
        let inRings = lost.filter { $0.first.use == .hashring }
        return lost.filter { name in
            // What the hashring says wrongly too is said once.
            name.first.use != .localEndpoint
                || !inRings.contains {
                    $0.first.name.stem == name.first.name.stem
                        && $0.first.about.contains(name.first.writer)
                }
        }.map { finding($0, view) } + LostConfigMap.all(in: view).map { finding($0, view) }
    }
}

private func finding(_ lost: LostName, _ view: ClusterView) -> Finding {
    let name = lost.first
    let more = lost.written.count > 1 ? " and \(lost.written.count - 1) more" : ""
    let now = lost.target.map { ", which is now \($0.title(for: lost.fault))" } ?? ""
    let what =
        switch lost.fault {
        case .noNamespace: "there is no namespace \(name.name.namespace)"
        case .noService: "there is no Service \(name.name.namespace)/\(name.name.service)"
        case .noStatefulSet:
            "there is no StatefulSet \(name.name.namespace)/\(name.name.statefulSet ?? "")"
        }
    let place = lost.target.map { Place($0.range(for: lost.fault), "its name now") }
    return Finding(
        "\(name.title) names \(name.host)\(more): \(what)\(now)",
        object: name.writer, at: name.range, label: "leads nowhere",
        severity: lost.isCertain ? nil : .warning,
        confidence: lost.isCertain ? .certain : .likely, alsoAt: place.map { [$0] } ?? [],
        evidence: [
            EvidenceItem(
                view.objectSource, "\(name.title) of \(name.writer) says \(name.host)",
                command: name.command),
            EvidenceItem(
                view.objectSource, what,
                command: view.kubectl("get services,statefulsets --all-namespaces")),
        ],
        repair: repair(lost), about: name.about + (lost.target?.references ?? []))
}

private func repair(_ lost: LostName) -> Repair {
    guard let target = lost.target, let change = target.replacement(for: lost.first.name) else {
        return Repair(text: "name a Service that exists, or bring this one back")
    }
    let edits = lost.written.map { written in
        target.replacement(for: written.name).flatMap {
            TextEdit.replacing($0.old, with: $0.new, within: written.range)
        }
    }
    return Repair(
        edits: edits,
        text: "say \(change.new) instead of \(change.old) in the overlay, or let kustomize's "
            + "replacements: fill it in")
}

private func finding(_ lost: LostConfigMap, _ view: ClusterView) -> Finding {
    let namespace = lost.workload.namespace
    return Finding(
        "volume \(lost.volume) of \(lost.workload.reference) names ConfigMap \(lost.name): it is "
            + "not there, and \(lost.renamed.name) is",
        object: lost.workload.reference, at: lost.range, label: "without the hash of its content",
        alsoAt: [Place(lost.renamed.range, "its name now")],
        evidence: [
            EvidenceItem(
                view.objectSource, "there is no ConfigMap \(lost.name)",
                command: view.kubectl("get configmaps", namespace: namespace))
        ],
        repair: Repair(
            text: "name the ConfigMap in the kustomization that generates it, so that kustomize "
                + "follows the hash, or set disableNameSuffixHash: true"),
        about: [lost.renamed.reference])
}

extension LostName {
    fileprivate var first: WrittenName { written[0] }
}

extension RenamedTarget {
    fileprivate func title(for fault: LostName.Fault) -> String {
        let isSet = fault == .noStatefulSet
        return (isSet ? group?.reference : nil).map(\.description) ?? service.reference.description
    }

    fileprivate func range(for fault: LostName.Fault) -> SourceRange {
        let set = fault == .noStatefulSet ? group?.workload.object : nil
        return (set ?? service.object).range
    }
}
