import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let hashringNoMatchingTenant = Check(
        "hashring-no-matching-tenant",
        severity: .critical,
        summary: "No hashring takes the tenant that an agent writes as",
        why: """
            A write whose tenant is in no ring is answered with 500 "no matching hashring to \
            handle tenant". An agent retries a 500 for ever, so its whole queue stands still.
            """,
        fix: """
            Add the tenant to the tenants of a ring, let the last ring take every tenant by \
            leaving its tenants out, or correct the tenant header in the agent's remote_write.
            """,
        needs: .receiverFiles, .view, .ifConfigured(.receiverLogs), .optional(.agents), .allViews,
        .now,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/issues/4626",
        ],
        examples: hashringNoMatchingTenantExamples
    ) { receivers, view, running, agents, views, now in
        // A base whose rings its overlays state says nothing of them.
        let unsettled = Set(
            RingFile.all(of: receivers).filter { $0.mayBeReplaced(in: view) }
                .flatMap(\.readers).map(\.reference))
        return receivers.filter { !unsettled.contains($0.reference) }.flatMap {
            group -> [Finding] in
            let logs = running?.of(group.reference)?.logs ?? []
            let logged = RefusedTenant.logged(in: logs, now: now, view)
            guard case .configured(let rings, from: _) = group.hashring, !rings.rings.isEmpty else {
                return logged.isEmpty ? [] : [unexplained(group, logged)]
            }
            let written =
                RefusedTenant.candidates(of: agents ?? [], for: group, view)
                + RefusedTenant.candidates(elsewhere: views, for: group, view)
            let refused = (written + logged).filter {
                !rings.accepts(tenant: $0.tenant, by: group.version)
            }
            return (refused.isEmpty ? [] : [finding(group, rings, refused, view)])
                + unreachable(rings, group, view)
        } + misread(receivers, running, now: now, view)
    }
}

/// Rings whose patterns a release does not match as they are meant.
private func misread(
    _ receivers: [ReceiverGroup], _ running: ByOwner<RunningGroup>?, now: Double,
    _ view: ClusterView
) -> [Finding] {
    RingFile.all(of: receivers).filter { !$0.mayBeReplaced(in: view) }.flatMap { file in
        let logs = file.readers.flatMap { running?.of($0.reference)?.logs ?? [] }
        let refused = RefusedTenant.logged(in: logs, now: now, view)
        return file.configuration.rings.compactMap {
            Finding(patternsOf: $0, in: file, refused: refused, view)
        }
    }
}

private func finding(
    _ group: ReceiverGroup, _ rings: HashringConfiguration, _ refused: [RefusedTenant],
    _ view: ClusterView
) -> Finding {
    let tenants = refused.map(\.tenant).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
    }
    let taken = rings.rings.map { $0.tenants.map(\.value).joined(separator: ", ") }
    let lists = rings.rings.compactMap { ring in
        ring.tenants.first.map { Place($0.range, "takes these tenants only") }
    }
    let names = listed(tenants)
    let isCurrent = refused.contains(where: \.isCurrent)
    let finding = Finding(
        "\(tenants.count == 1 ? "tenant \(names) is" : "tenants \(names) are") in no hashring: "
            + "the rings take \(taken.joined(separator: " and "))",
        object: group.reference, severity: isCurrent ? nil : .warning,
        confidence: isCurrent ? .certain : .likely,
        alsoAt: refused.compactMap(\.place) + lists,
        evidence: refused.map(\.evidence),
        repair: Repair(
            edits: [addition(of: tenants, to: rings)],
            command: view.isCluster ? editing(group, view) : nil,
            text: "add \(names) to the tenants of a ring, or leave out the tenants of the last"),
        about: group.services.map(\.reference))
    return refused.reduce(finding) { finding, tenant in
        guard let agent = tenant.agent, let home = tenant.home else { return finding }
        return finding.involving([agent], of: home, seenFrom: view)
    }
}

/// Writes the tenants behind the last one of the list, quoted as that is.
private func addition(of tenants: [String], to rings: HashringConfiguration) -> TextEdit? {
    // Of several lists each may be another team's, with its own retention and its own limits.
    let lists = rings.rings.filter { !$0.tenants.isEmpty }
    guard lists.count == 1, let last = lists.first?.tenants.last, lists.first?.matcher == .exact,
        let place = last.range.text.firstRange(of: last.value),
        tenants.allSatisfy({ $0.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) } })
    else { return nil }
    let text = last.range.text
    let added = tenants.map { ", \(text[..<place.lowerBound])\($0)\(text[place.upperBound...])" }
    return TextEdit(range: last.range, replacement: text + added.joined())
}

private func editing(_ group: ReceiverGroup, _ view: ClusterView) -> String? {
    guard case .configured(_, from: .configMap(let map, key: _)) = group.hashring else {
        return nil
    }
    return view.kubectl("edit configmap \(map.name)", namespace: map.namespace)
}

/// The receivers refuse tenants, and their rings are not among the evidence.
private func unexplained(_ group: ReceiverGroup, _ logged: [RefusedTenant]) -> Finding {
    let names = listed(logged.map(\.tenant))
    return Finding(
        "the receivers found no hashring for \(names); their rings could not be read",
        object: group.reference, at: group.range(ofFlag: "--receive.hashrings-file"),
        severity: .warning, confidence: .likely, evidence: logged.map(\.evidence),
        repair: Repair(text: "add \(names) to the tenants of a ring"))
}

/// A ring without tenants takes them all, so that those behind it never see one.
private func unreachable(
    _ rings: HashringConfiguration, _ group: ReceiverGroup, _ view: ClusterView
) -> [Finding] {
    guard let (first, hidden) = rings.shadowing else { return [] }
    return hidden.map { ring in
        Finding(
            "hashring \(ring.name?.value ?? "without a name") is never used: one before it takes "
                + "every tenant",
            object: group.reference, at: ring.nameRange, label: "never reached",
            severity: .warning, alsoAt: [Place(first.nameRange, "takes every tenant")],
            evidence: [
                EvidenceItem(
                    view.isCluster ? "cluster" : "manifest", "a ring without tenants stands first",
                    command: view.kubectl(
                        "get configmap -o yaml", namespace: group.reference.namespace))
            ],
            repair: Repair(text: "move the hashring without tenants to the end"))
    }
}
