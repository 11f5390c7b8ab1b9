import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let argocdComparisonUnknown = Check(
        "argocd-comparison-unknown",
        severity: .error,
        stage: .postRollout,
        summary: "Argo CD cannot compare an Application",
        why: """
            While Argo CD cannot render what Git holds, or cannot read the cluster, it neither \
            applies a repair nor notices what was changed by hand: the Application stays Unknown.
            """,
        fix: """
            Read the condition: a kustomization that does not build is mended in Git, credentials \
            of a repository or a cluster are renewed (argocd repo add, argocd cluster add), and a \
            right that is forbidden is given to the application controller.
            """,
        needs: .applications, .pipeline, .ifConfigured(.agents), .optional(.checkouts), .view,
        references: [
            "https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/",
            "https://github.com/argoproj/argo-cd/issues/17609",
        ],
        examples: argocdComparisonUnknownExamples
    ) { applications, pipeline, agents, checkouts, view in
        let objects = parts(of: pipeline, agents ?? [])
        return applications.flatMap { application in
            let faults =
                [unknown(application, objects, view), shared(application, objects, view)]
                .compactMap(\.self)
            let isOurs =
                !application.concerned(objects).isEmpty
                || objects.contains { $0.namespace == application.destinationNamespace }
            let lost =
                isOurs
                ? application.lostSources(in: checkouts ?? [], among: applications, view) : []
            return faults + application.malformed(in: view) + lost
        }
    }
}

/// The workloads of the pipeline, and what stands around the receivers.
private func parts(of pipeline: Pipeline, _ agents: [Agent]) -> [ObjectReference] {
    pipeline.receivers.map(\.reference) + pipeline.receiverServices.map(\.reference)
        + agents.map(\.reference) + pipeline.components.map(\.reference)
}

/// An Application that says of itself that it cannot be compared.
private func unknown(
    _ application: ArgoApplication, _ objects: [ObjectReference], _ view: ClusterView
) -> Finding? {
    let condition = application.object.status?["conditions"].items.first {
        ["ComparisonError", "InvalidSpecError", "UnknownError"].contains($0["type"]?.string)
    }
    let isUnknown = application.syncStatus == "Unknown"
    guard isUnknown || condition != nil, view.isCluster else { return nil }
    let concerned = application.concerned(objects)
    // What else Argo CD deploys is not the pipeline; an edge is likely to use the same namespace.
    let isEdge =
        !application.deploysHere
        && objects.contains { $0.namespace == application.destinationNamespace }
    guard !concerned.isEmpty || isEdge else { return nil }
    let isCertain = isUnknown && condition != nil && !concerned.isEmpty
    let type = condition?["type"]?.string ?? "Unknown"
    let said = condition?["message"]?.string.map { ": \(excerpt($0))" } ?? ""
    let name = application.reference.name
    return Finding(
        "Application \(name) cannot be compared, \(type)\(said)",
        object: application.reference, at: application.object.range, label: "is not compared",
        severity: isCertain ? nil : concerned.isEmpty ? .info : .warning,
        confidence: isCertain ? .certain : .likely,
        evidence: [
            EvidenceItem(
                "cluster", "sync status \(application.syncStatus ?? "not given"), \(type)",
                command: view.kubectl(
                    "get application \(name) -o yaml", namespace: application.reference.namespace))
        ],
        repair: Repair(command: "argocd app get \(name) --hard-refresh", text: remedy(said)),
        about: concerned + application.managed.filter { !concerned.contains($0) })
}

/// One line of a message that may be a whole log.
func excerpt(_ message: String) -> String {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    return shortened(line, to: 240).withoutFullStop
}

private func remedy(_ message: String) -> String {
    let remedies = [
        ("app path does not exist", "set source.path to a folder of the repository"),
        ("accumulating resources", "mend the kustomization: kustomize build must work on it"),
        ("kustomize build", "mend the kustomization: kustomize build must work on it"),
        ("is forbidden", "let Argo CD's application controller list and watch that kind"),
        ("authentication required", "renew the credentials of the repository: argocd repo add"),
        ("has not been registered", "register the cluster: argocd cluster add"),
        ("there are no clusters with this name", "register the cluster: argocd cluster add"),
        ("connection refused", "see that the API server or Argo CD's repo-server runs"),
    ]
    let text = message.lowercased()
    return remedies.first { text.contains($0.0) }?.1 ?? "do what the condition asks for"
}

extension ArgoApplication {
    /// Which of the objects it deploys: by its list of resources, by Argo CD's tracking, or, when
    /// neither says anything, by its namespace.
    func concerned(_ objects: [ObjectReference]) -> [ObjectReference] {
        guard deploysHere else { return [] }
        let listed = Set(managed)
        guard listed.isEmpty else { return objects.filter(listed.contains) }
        guard let namespace = destinationNamespace else { return [] }
        return objects.filter { $0.namespace == namespace }
    }
}
