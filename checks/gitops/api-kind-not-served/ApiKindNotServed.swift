import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let apiKindNotServed = Check(
        "api-kind-not-served",
        severity: .error,
        stage: .preInstall,
        summary: "A manifest names an API that the cluster does not serve",
        why: """
            The API server refuses such a manifest with "no matches for kind … ensure CRDs are \
            installed first", and Argo CD can no longer compare the application at all.
            """,
        fix: """
            Install the custom resource definitions before what uses them, apply the manifest to \
            the cluster that serves the kind, or write the version that is served.
            """,
        needs: .manifests, .ifConfigured(.servedKinds),
        references: [
            "https://kubernetes.io/docs/reference/using-api/deprecation-guide/"
        ],
        examples: apiKindNotServedExamples
    ) { view, served in
        Dictionary(grouping: view.objects.all.filter(isApplied), by: \.served)
            .sorted { ($0.key.groupVersion, $0.key.kind) < ($1.key.groupVersion, $1.key.kind) }
            .compactMap { kind, objects in
                guard let served else { return removed(kind, objects, view) }
                return served.contains(kind) || isDefined(kind, in: view)
                    ? nil : unserved(kind, objects, alternatives: served, view)
            }
    }
}

extension KubernetesObject {
    fileprivate var served: ServedKind { ServedKind(groupVersion: apiVersion, kind: kind) }
}

/// What tools read themselves never reaches a cluster.
private func isApplied(_ object: KubernetesObject) -> Bool {
    let tools: Set = [
        "config.kubernetes.io", "backstage.io", "eksctl.io", "k3d.io", "kind.x-k8s.io",
        "cli.kyverno.io",
    ]
    return !tools.contains(object.apiGroup) && !object.apiGroup.hasSuffix("config.k8s.io")
        && !object.apiGroup.hasPrefix("skaffold")
}

/// Whether a definition of the kind comes with the manifests.
private func isDefined(_ kind: ServedKind, in view: ClusterView) -> Bool {
    view.objects.of(kind: "CustomResourceDefinition").contains { definition in
        let spec = definition.spec
        let group = spec?["group"]?.string ?? ""
        guard spec?["names"]?["kind"]?.string == kind.kind,
            kind.groupVersion.hasPrefix("\(group)/")
        else { return false }
        let versions = spec?["versions"].items ?? []
        return versions.isEmpty
            || versions.contains {
                "\(group)/\($0["name"]?.string ?? "")" == kind.groupVersion
                    && $0["served"]?.bool != false
            }
    }
}

private func unserved(
    _ kind: ServedKind, _ objects: [KubernetesObject], alternatives served: Set<ServedKind>,
    _ view: ClusterView
) -> Finding? {
    guard let first = objects.first else { return nil }
    // Another group's kind of that name is another kind, but for those that moved.
    let moved = RemovedAPI.entry(for: first)?.replacement
    let others = served.filter { $0.kind == kind.kind }.map(\.groupVersion).filter {
        $0 == moved
            || $0.split(separator: "/").first == kind.groupVersion.split(separator: "/").first
    }.sorted { $0.apiPriority > $1.apiPriority }
    let successor = moved.flatMap { others.contains($0) ? $0 : nil }
    return Finding(
        "the cluster does not serve \(kind.kind) of \(kind.groupVersion)"
            + (others.isEmpty ? "" : ", only of \(others.joined(separator: ", "))"),
        object: first.reference, at: range(of: first),
        label: objects.count > 1 ? "and \(objects.count - 1) more" : "",
        evidence: [
            EvidenceItem(
                "cluster", "discovery lists no \(kind.kind) of \(kind.groupVersion)",
                command: view.kubectl("api-resources | grep -i \(kind.kind.lowercased())"))
        ],
        repair: Repair(
            text: others.isEmpty
                ? "install the definition of \(kind.kind), or apply it to the cluster that has it"
                : "write apiVersion: \(successor ?? others[0]) and compare the fields"),
        about: objects.dropFirst().map(\.reference))
}

extension String {
    /// Kubernetes' order of versions: stable ones before beta and alpha, the newest first
    /// (`CompareKubeAwareVersionStrings` in apimachinery).
    fileprivate var apiPriority: [Int] {
        let version = split(separator: "/").last ?? self[...]
        let stage = version.contains("alpha") ? 0 : version.contains("beta") ? 1 : 2
        return [stage] + version.split { !$0.isNumber }.compactMap { Int($0) }
    }
}

extension [Int] {
    fileprivate static func > (left: Self, right: Self) -> Bool {
        right.lexicographicallyPrecedes(left)
    }
}

/// Without a cluster to ask: versions that every current Kubernetes has dropped.
private func removed(
    _ kind: ServedKind, _ objects: [KubernetesObject], _ view: ClusterView
) -> Finding? {
    let isPipeline = !view.pipeline.receivers.isEmpty || !view.pipeline.agents.isEmpty
    guard isPipeline, let first = objects.first, let entry = RemovedAPI.entry(for: first),
        !isDefined(kind, in: view)
    else { return nil }
    let nodes = objects.compactMap { $0.node["apiVersion"] }
    return Finding(
        "\(kind.groupVersion) of \(kind.kind) was removed in Kubernetes \(entry.removedIn)",
        object: first.reference, at: range(of: first), label: "now \(entry.replacement)",
        severity: .warning, confidence: .likely,
        evidence: [
            EvidenceItem(
                "manifest", "apiVersion: \(kind.groupVersion)",
                command: view.kubectl("api-resources | grep -i \(kind.kind.lowercased())"))
        ],
        repair: Repair(
            edits: entry.isRenameOnly
                ? nodes.map { .replacing($0, with: entry.replacement) } : [],
            text: "write apiVersion: \(entry.replacement) and compare the fields"),
        about: objects.dropFirst().map(\.reference))
}

private func range(of object: KubernetesObject) -> SourceRange {
    (object.node["apiVersion"] ?? object.node).range
}
