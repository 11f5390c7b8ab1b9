import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let gracePeriodTooShort = Check(
        "grace-period-too-short",
        severity: .warning,
        stage: .preInstall,
        summary: "A receiver is killed before it has written and uploaded its last block",
        why: """
            When it is asked to end, a receiver writes the head of every tenant as a block and \
            uploads it. A pod that is killed before leaves that in its WAL: the next start takes \
            long, and a pod that is gone for good has lost it.
            """,
        fix: """
            State terminationGracePeriodSeconds: 900 in the pod's spec, as kube-thanos does. It is \
            a limit and no delay: a receiver that is done ends at once.
            """,
        needs: .receivers, .view,
        references: [
            "https://github.com/thanos-io/kube-thanos/tree/main/examples/all/manifests",
            "https://github.com/thanos-io/thanos/issues/8948",
            "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/",
        ],
        examples: [
            .triggers("Kubernetes' own 30 seconds", receiver("containers: # <-- finding")),
            .triggers(
                "less than that",
                receiver("terminationGracePeriodSeconds: 10 # <-- finding\n      containers:")),
            .triggers(
                "a live one, to which the API server added the default",
                receiver(
                    "terminationGracePeriodSeconds: 30 # <-- finding\n      containers:",
                    folder: "cluster/")),
            .passes(
                "a quarter of an hour",
                receiver("terminationGracePeriodSeconds: 900\n      containers:")),
            .passes(
                "a router has nothing to write",
                receiver("containers:", argument: #"'--receive.hashrings=[{"endpoints":[]}]'"#)),
            .passes(
                "an overlay states it",
                receiver("containers:") + """

                    -- overlay/patch.yaml --
                    apiVersion: apps/v1
                    kind: StatefulSet
                    metadata: {name: receiver}
                    spec: {template: {spec: {terminationGracePeriodSeconds: 900}}}
                    """),
        ]
    ) { receivers, view in
        receivers.filter { $0.flags.mode.stores && !$0.isPatch }.compactMap { finding($0, view) }
    }

    private static func receiver(
        _ spec: String, argument: String = "--objstore.config-file=/b.yaml", folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              \(spec)
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, \(argument)]
        """
    }
}

/// Kubernetes' default; and what a few large heads need, upload included.
private let (byDefault, enough) = (30, 120)

private func finding(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    guard let spec = group.workload.podSpec?.node else { return nil }
    let stated = spec["terminationGracePeriodSeconds"]
    let seconds = stated?.int ?? byDefault
    guard seconds < enough, stated == nil || stated?.int != nil else { return nil }
    let field = "terminationGracePeriodSeconds"
    let others = view.otherManifests(of: group.workload)
    guard !others.contains(where: { $0.podSpec?.node[field] != nil }) else { return nil }
    let uploads = group.flags.objstoreConfig != nil || group.flags.objstoreConfigFile != nil
    // A head of little data is written in seconds: who chose less than that chose too little.
    let isShort = seconds < byDefault
    let patch = "{\"spec\":{\"template\":{\"spec\":{\"\(field)\":900}}}}"
    return Finding(
        "the pod has \(seconds) s to write \(uploads ? "and upload " : "")its last block"
            + (stated == nil ? ", Kubernetes' default" : ""),
        object: group.reference, at: (stated ?? spec).range,
        label: stated == nil ? "no \(field) here" : "too short for a large head",
        // Without a bucket the WAL stays where the block would be.
        severity: uploads ? nil : .info, confidence: isShort ? .certain : .likely,
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "\(field) is \(stated == nil ? "not stated" : "\(seconds)")",
                command: view.kubectl(
                    "get \(group.reference.kind.lowercased()) \(group.reference.name) "
                        + "-o jsonpath='{.spec.template.spec.\(field)}'",
                    namespace: group.reference.namespace))
        ],
        repair: Repair(
            edits: [
                stated.map { TextEdit.replacing($0, with: "900") }
                    ?? TextEdit.inserting(["\(field): 900"], atTopOf: spec)
            ],
            command: group.workload.object.kind == "Pod"
                ? nil : view.kubectlPatch(group.reference, patch),
            text: "state \(field): 900 in the pod's spec"),
        about: group.pods.map(\.reference))
}
