import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let tenantHeaderMismatch = Check(
        "tenant-header-mismatch",
        severity: .warning,
        summary: "The tenant that an agent names is not the one that the receiver expects",
        why: """
            A receiver that does not find its tenant header takes every write for the default \
            tenant: the data of all teams ends in one TSDB under one tenant_id, or is refused \
            because no hashring takes it. A name with a slash is answered with 400: data is lost.
            """,
        fix: """
            Send the header that --receive.tenant-header names, THANOS-TENANT by default, with a \
            tenant that a hashring takes, and without quotes or slashes in the name.
            """,
        needs: .receivers, .optional(.agents), .ifConfigured(.receiverLogs), .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://prometheus.io/docs/prometheus/latest/configuration/configuration/",
        ],
        examples: tenantHeaderMismatchExamples
    ) { receivers, agents, running, view in
        receivers.flatMap { group -> [Finding] in
            let logs = running?.of(group.reference)?.logs ?? []
            let mismatches = (agents ?? []).flatMap { agent in
                agent.remoteWrites.compactMap { sent($0, by: agent, to: group, view) }
            }
            let seen = mismatches.isEmpty ? Finding(refusalBy: group, in: logs, view) : nil
            return mismatches + [quoted(group, view), seen].compactMap(\.self)
        }
    }
}

private let defaultTenant = "--receive.default-tenant-id"

/// What is wrong with the tenant of one entry of `remote_write`.
private func sent(
    _ target: RemoteWriteTarget, by agent: Agent, to group: ReceiverGroup, _ view: ClusterView
) -> Finding? {
    let services = Set(group.services.map(\.reference))
    guard let endpoint = target.endpoint, let service = view.pipeline.service(at: endpoint),
        services.contains(service.reference),
        group.flags.tenantCertificateField == nil, group.flags.splitTenantLabel == nil
    else { return nil }
    let header = target.header(group.flags.tenantHeader) ?? target.header("THANOS-TENANT")
    if let header, header.value == "." || header.value == ".." {
        return finding(
            "tenant \(header.value) is taken, and its TSDB lies outside the folder of its own",
            at: header.range, label: "not a name of a tenant", confidence: .certain,
            text: "choose another name", agent, group, view)
    }
    if let header, header.value.contains("/") {
        return finding(
            "tenant \(header.value) is no valid name: every write is answered with 400 and lost",
            at: header.range, label: "not a name of a tenant", confidence: .certain,
            text: "choose a name without a slash", agent, group, view)
    }
    guard header == nil, let (key, value) = otherHeader(of: target) else { return nil }
    let isTaken = group.takes(tenant: value)
    return finding(
        "\(agent.reference.name) names tenant \(value) in \(key.value), and the receivers look "
            + "for \(group.flags.tenantHeader): it counts as \(group.flags.defaultTenantID)",
        at: key.range, label: "not the header that is looked for", confidence: .likely,
        edit: isTaken
            ? .replacing(key.value, with: group.flags.tenantHeader, within: key.range) : nil,
        text: (isTaken ? "" : "first add \(value) to a hashring, which would refuse it; then ")
            + "send \(group.flags.tenantHeader): \(value)", agent, group, view)
}

extension ReceiverGroup {
    /// Whether a hashring takes writes of a tenant; where none is known, any may.
    fileprivate func takes(tenant: String) -> Bool {
        guard case .configured(let rings, from: _) = hashring, !rings.rings.isEmpty else {
            return true
        }
        return rings.accepts(tenant: tenant, by: version)
    }
}

/// A header that names a tenant for another receiver: that of Mimir, or one with the word in it.
private func otherHeader(of target: RemoteWriteTarget) -> (key: Marked<String>, value: String)? {
    for (key, value) in target.headersNode?.entries ?? [] {
        guard let name = key.markedString, let tenant = value.string, !tenant.isEmpty else {
            continue
        }
        let folded = name.value.lowercased()
        if folded == "x-scope-orgid" || folded.contains("tenant") { return (name, tenant) }
    }
    return nil
}

private func finding(
    _ message: String, at range: SourceRange, label: String, confidence: Confidence,
    edit: TextEdit? = nil, text: String, _ agent: Agent, _ group: ReceiverGroup,
    _ view: ClusterView
) -> Finding {
    Finding(
        message, object: agent.reference, at: range, label: label, confidence: confidence,
        alsoAt: [
            Place(
                group.range(ofFlag: "--receive.tenant-header"),
                "looks for \(group.flags.tenantHeader)")
        ],
        evidence: [
            EvidenceItem(
                view.objectSource,
                "remote_write of \(agent.reference) and the flags of "
                    + "\(group.reference)",
                command: view.kubectl(
                    "get configmap -o yaml", namespace: agent.reference.namespace))
        ],
        repair: Repair(edits: edit.map { [$0] } ?? [], text: text),
        about: [group.reference] + group.services.map(\.reference))
}

/// Quotes that a shell would take away, and Kubernetes leaves in the name.
private func quoted(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    let tenant = group.flags.defaultTenantID
    guard group.flags.isGiven(defaultTenant), tenant.contains(where: { "\"'".contains($0) }) else {
        return nil
    }
    let bare = tenant.filter { !"\"'".contains($0) }
    return Finding(
        "the default tenant is called \(tenant), quotes included", object: group.reference,
        at: group.range(ofFlag: defaultTenant), label: "the quotes belong to the name",
        evidence: [
            EvidenceItem(
                view.objectSource, "\(defaultTenant) is \(tenant)",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(text: "write \(defaultTenant)=\(bare)"),
        about: group.services.map(\.reference))
}
