import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let containerHardening = Check(
        "container-hardening",
        severity: .info,
        stage: .preInstall,
        summary: "A container runs with more rights than it needs",
        why: """
            A receiver needs no root, no privileges and no image that changes under its tag. Root is \
            often left over from a quick fix of "permission denied", and a tag such as latest gives \
            each pod of a ring its own version.
            """,
        fix: """
            State runAsNonRoot with fsGroup at the pod, allowPrivilegeEscalation: false at the \
            container, and an image by its version or digest.
            """,
        needs: .either(.receivers, or: .agents), .optional(.components), .view,
        references: [
            "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
            "https://docs.kubelinter.io/#/generated/checks?id=latest-tag",
        ],
        examples: containerHardeningExamples
    ) { main, components, view in
        let (receivers, agents) = main
        let users: [(Workload, Container)] =
            (receivers ?? []).map { ($0.workload, $0.container) }
            + (components ?? []).map { ($0.workload, $0.container) }
            + (agents ?? []).compactMap { agent in
                agent.workload.flatMap { workload in agent.container.map { (workload, $0) } }
            }
        let lax = users.compactMap { workload, container -> Finding? in
            let marks = laxities(workload, container)
            guard let first = marks.first else { return nil }
            return finding(workload, first, marks, view)
        }
        return lax
            + (agents ?? []).flatMap { agent in
                agent.remoteWrites.compactMap { credulous(agent, $0, view) }
            }
    }
}

/// Something that is stated, and gives more than is needed.
private func laxities(_ workload: Workload, _ container: Container) -> [Marked<String>] {
    var found: [Marked<String>] = []
    let own = container.securityContext
    let user = own?["runAsUser"] ?? workload.podSpec?.securityContext?["runAsUser"]
    if let user, user.int == 0 { found.append(Marked("it runs as root", at: user.range)) }
    if let privileged = own?["privileged"], privileged.bool == true {
        found.append(Marked("it is privileged", at: privileged.range))
    }
    if let escalation = own?["allowPrivilegeEscalation"], escalation.bool == true {
        found.append(Marked("it may gain privileges", at: escalation.range))
    }
    if let image = container.image, let node = container.node["image"], image.digest == nil,
        !image.text.contains("$"), image.tag == nil || ["latest", "main"].contains(image.tag)
    {
        let tag = image.tag.map { "the tag \($0)" } ?? "no tag"
        found.append(Marked("its image has \(tag), which changes by itself", at: node.range))
    }
    return found
}

/// An agent that takes any certificate.
private func credulous(_ agent: Agent, _ target: RemoteWriteTarget, _ view: ClusterView) -> Finding?
{
    guard let setting = target.setting("tls_config", "insecure_skip_verify"),
        setting.bool == true, target.endpoint?.scheme == "https"
    else { return nil }
    return Finding(
        "the agent takes any certificate: whoever stands in between can read and change what it "
            + "sends, its credentials as well",
        object: agent.reference, at: setting.range, label: "no certificate is checked",
        evidence: [
            EvidenceItem(
                view.objectSource,
                "insecure_skip_verify is true for \(target.endpoint?.host ?? "")",
                command: agent.command(in: view))
        ],
        repair: Repair(
            text: "name the receivers' certificate authority in tls_config.ca_file, and take "
                + "insecure_skip_verify out"))
}

private func finding(
    _ workload: Workload, _ first: Marked<String>, _ marks: [Marked<String>], _ view: ClusterView
) -> Finding {
    let reference = workload.reference
    return Finding(
        "the container is laxer than it needs to be: "
            + marks.map(\.value).joined(separator: "; "),
        object: reference, at: first.range, label: first.value,
        alsoAt: marks.dropFirst().map { Place($0.range, $0.value) },
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                marks.map(\.value).joined(separator: "; "),
                command: view.kubectl(
                    "get \(reference.kind.lowercased()) \(reference.name) -o yaml",
                    namespace: reference.namespace))
        ],
        repair: Repair(
            text: "state runAsUser: 65534, runAsNonRoot: true and fsGroup: 65534 at the pod, "
                + "allowPrivilegeEscalation: false at the container, and a version as the tag"))
}
