import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let hashringDnsUnresolvable = Check(
        "hashring-dns-unresolvable",
        severity: .error,
        summary: "A hashring names pods whose DNS names do not resolve",
        why: """
            A pod of a StatefulSet has a name of its own only under the headless Service that its \
            serviceName names. Where the hashring says another, receivers cannot dial each other: \
            "no such host" or "produced zero addresses", and writes lack their copies.
            """,
        fix: """
            Let three names agree: the StatefulSet's serviceName, a Service of that name with \
            clusterIP: None that selects the pods, and the second label of the names in the \
            hashring. Set publishNotReadyAddresses: true on that Service.
            """,
        needs: .receiverFiles, .view, .now, .ifConfigured(.receiverLogs),
        references: [
            "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
            "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/",
            "https://github.com/thanos-io/thanos/issues/3913",
        ],
        examples: hashringDnsUnresolvableExamples
    ) { receivers, view, now, running in
        RingFile.all(of: receivers).filter { !$0.mayBeReplaced(in: view) }.flatMap { file in
            let stray = StrayNames(file, view)?.finding(view)
            let found = findings(of: file, view) + (stray.map { [$0] } ?? [])
            let logs = running?.flatMap(\.logs) ?? []
            guard !found.contains(where: { $0.severity == nil }),
                let complaint = complaint(in: logs, about: file, now: now, view)
            else { return found }
            return [complaint]
        }
    }
}

/// One finding for each StatefulSet that the file names.
private func findings(of file: RingFile, _ view: ClusterView) -> [Finding] {
    var seen: Set<ObjectReference> = []
    return file.members.compactMap { member in
        guard member.group.isWhole(in: view), let name = UnresolvableName(member, view),
            seen.insert(member.group.reference).inserted
        else { return nil }
        return finding(file, member, name, view)
    }
}

private func finding(
    _ file: RingFile, _ member: RingMember, _ name: UnresolvableName, _ view: ClusterView
) -> Finding {
    let group = member.group
    let service = name.service
    let ring = Place(file.place(of: member.endpoint.address.range), "is to resolve to a pod")
    let other = (service?.object.range ?? serviceName(of: group)).map { Place($0, name.label) }
    let isSecond = service == nil
    let places = (isSecond ? [ring, other] : [other, ring]).compactMap(\.self)
    return Finding(
        name.message(for: member), object: group.reference,
        severity: name.isPassing ? .info : nil, confidence: name.isPassing ? .likely : .certain,
        alsoAt: places,
        evidence: [
            EvidenceItem(
                view.objectSource, "\(file.title) names \(member.endpoint.address.value)",
                command: file.showing(in: view)),
            EvidenceItem(
                view.objectSource,
                "serviceName of \(group.reference) is \(group.governingService ?? "not given")",
                command: view.kubectl(
                    "get service,endpointslices", namespace: group.reference.namespace)),
        ],
        repair: Repair(
            edits: [name.edit], command: command(for: name, file, view),
            text: name.text(for: member)),
        about: file.participants + (service.map { [$0.reference] } ?? []))
}

private func serviceName(of group: ReceiverGroup) -> SourceRange? {
    (group.workload.object.spec?["serviceName"] ?? group.workload.object.metadata?["name"])?.range
}

private func command(
    for name: UnresolvableName, _ file: RingFile, _ view: ClusterView
) -> String? {
    guard view.isCluster else { return nil }
    switch name {
    case .otherService(_, _?):
        return file.editing(in: view)
    case .onlyWhenReady(let service):
        return view.kubectlPatch(
            service.reference, "{\"spec\":{\"publishNotReadyAddresses\":true}}")
    case .otherService, .otherThatNamesNone, .serviceAbsent, .notHeadless, .selectsNothing:
        return nil
    }
}

/// What a receiver says of a name in its ring, when it said so within the last quarter of an hour.
private func complaint(
    in logs: [ContainerLog], about file: RingFile, now: Double, _ view: ClusterView
) -> Finding? {
    let texts = ["no such host", "produced zero addresses"]
    let endpoints = file.configuration.rings.flatMap(\.endpoints)
    for log in logs.current {
        for line in log.lines.reversed() where texts.contains(where: line.contains) {
            guard let time = LogRecord(line).time, now - time < 900,
                let endpoint = endpoints.first(where: { line.contains($0.host) }),
                !file.hasReadyPod(behind: endpoint, since: time)
            else { continue }
            return Finding(
                "pod \(log.pod.name) could not resolve \(endpoint.host) a short while ago",
                object: file.readers[0].reference, at: file.place(of: endpoint.address.range),
                label: "did not resolve", severity: .warning, confidence: .likely,
                evidence: [
                    EvidenceItem(
                        "logs", LogRecord(line).error ?? LogRecord(line).message,
                        command: log.showing(in: view))
                ],
                repair: Repair(
                    command: view.kubectl(
                        "get pods,endpointslices -o wide", namespace: log.pod.namespace),
                    text: "see that the pod exists and that its Service publishes its name"),
                about: file.participants)
        }
    }
    return nil
}

extension RingFile {
    /// Whether the pod that an endpoint names has become ready since a time.
    fileprivate func hasReadyPod(behind endpoint: HashringEndpoint, since time: Double) -> Bool {
        members.contains { member in
            guard member.endpoint.host == endpoint.host,
                let pod = member.group.pods.first(where: { $0.name == member.podName }),
                let ready = pod.readiness?["lastTransitionTime"]?.string.flatMap(Timestamp.seconds)
            else { return false }
            return pod.isReady && ready >= time
        }
    }
}

extension RingMember {
    fileprivate var podName: String { "\(group.workload.object.name)-\(ordinal)" }
}
