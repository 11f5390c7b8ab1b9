import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let localEndpointWrong = Check(
        "local-endpoint-wrong",
        severity: .critical,
        summary: "A receiver's local endpoint is not its own entry in the hashring",
        why: """
            A receiver compares --receive.local-endpoint with the hashring character by character. \
            One that does not find itself forwards its own share to itself, over and over, until \
            all its workers wait: every write ends after 5 s with "context deadline exceeded" while \
            the pod stays ready. Without the flag it only routes, and stores nothing.
            """,
        fix: """
            Give the flag exactly the text that stands in the hashring, with the pod's name and \
            namespace as $(POD_NAME) and $(NAMESPACE) from fieldRef: the same host name, domain and \
            port, and no trailing dot on one side only.
            """,
        needs: .receiverFiles, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://thanos.io/tip/proposals-accepted/202012-receive-split.md/",
            "https://github.com/thanos-io/thanos/issues/1883",
        ],
        examples: localEndpointWrongExamples
    ) { receivers, view in
        let files = RingFile.all(of: receivers)
        return receivers.compactMap { group in
            guard group.isWhole(in: view) else { return nil }
            let pairs = files.filter { !$0.mayBeReplaced(in: view) }.flatMap { file in
                MistakenEndpoint.all(in: file)
                    .filter { $0.member.group.reference == group.reference }.map { (file, $0) }
            }
            guard let (file, _) = pairs.first else { return idle(group, files, view) }
            return finding(group, pairs.map(\.1), file, view)
        }
    }
}

private let flag = "--receive.local-endpoint"

private func finding(
    _ group: ReceiverGroup, _ mistaken: [MistakenEndpoint], _ file: RingFile, _ view: ClusterView
) -> Finding {
    let first = mistaken[0]
    let address = first.member.endpoint.address
    let count = Set(mistaken.map(\.pod)).count
    let others = count > 1 ? "; \(count - 1) more likewise" : ""
    let message =
        if let own = first.own {
            "\(first.pod) calls itself \(own), and the hashring calls it \(address.value)\(others)"
        } else {
            "\(first.pod)\(count > 1 ? " and \(count - 1) more are" : " is") in the hashring and "
                + "without \(flag): writes go round in circles, and nothing is stored"
        }
    return Finding(
        message, object: group.reference, at: place(in: group),
        label: first.own == nil ? "no \(flag)" : "not what the hashring says",
        alsoAt: [Place(file.place(of: address.range), "\(first.pod) in the hashring")],
        evidence: [
            EvidenceItem(
                view.objectSource, "\(file.title) names \(address.value)",
                command: file.showing(in: view)),
            EvidenceItem(
                view.objectSource,
                first.own.map { "in pod \(first.pod) \(flag) is \($0)" } ?? "\(flag) is not given",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                    namespace: group.reference.namespace)),
        ],
        repair: repair(group, mistaken, view), about: file.participants)
}

private func place(in group: ReceiverGroup) -> SourceRange {
    group.range(ofFlag: group.flags.isGiven(flag) ? flag : hashringFlag(of: group))
}

private func hashringFlag(of group: ReceiverGroup) -> String {
    group.flags.hashringsFile == nil ? "--receive.hashrings" : "--receive.hashrings-file"
}

private func repair(
    _ group: ReceiverGroup, _ mistaken: [MistakenEndpoint], _ view: ClusterView
) -> Repair {
    guard let right = MistakenEndpoint.correction(of: mistaken) else {
        return Repair(
            text: "set \(flag) to the pod's own entry in the hashring, built from $(POD_NAME) and "
                + "$(NAMESPACE)")
    }
    let words = group.changingTemplate("set \(flag)=\(right)")
    guard let given = group.flags.occurrence(of: flag),
        let pointer = group.pointer(toFlag: flag), given.argumentIndex == given.valueArgumentIndex
    else { return Repair(text: words) }
    let written = group.range(ofFlag: flag).text
    let value = written.firstRange(of: "\(flag)=").map { start in
        String(written[start.upperBound...].prefix { !"\"'".contains($0) })
    }
    let test = group.testStep(ofArgument: given.argumentIndex, at: pointer)
    let step = "{\"op\":\"replace\",\"path\":\"\(pointer)\",\"value\":\"\(flag)=\(right)\"}"
    return Repair(
        edits: [
            value.flatMap { .replacing($0, with: right, within: group.range(ofFlag: flag)) }
        ],
        command: view.isCluster
            ? view.kubectlPatch(group.reference, "[\(test),\(step)]", type: "json") : nil,
        text: words)
}

/// A receiver with a volume for its data, that only routes by a hashring that does not name it.
private func idle(
    _ group: ReceiverGroup, _ files: [RingFile], _ view: ClusterView
) -> Finding? {
    // Releases before the split into routers and ingestors guessed the local endpoint.
    guard group.flags.mode == .routerOnly, group.hasPersistentTSDB,
        (group.version ?? Version(0, 22)) >= Version(0, 22)
    else { return nil }
    return Finding(
        "it has a hashring, a volume for its TSDB, and no \(flag): it only routes, and the volume "
            + "stays empty",
        object: group.reference, at: place(in: group), label: "makes it a router",
        severity: .warning, confidence: .likely,
        evidence: [
            EvidenceItem(
                view.objectSource, "\(hashringFlag(of: group)) without \(flag) means RouterOnly",
                command: view.kubectl(
                    "logs \(group.reference.name)-0 -c \(group.container.name) | grep mode=",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(
            text: "give it \(flag) if it is to store series, or take its volume away"),
        about: group.services.map(\.reference))
}
