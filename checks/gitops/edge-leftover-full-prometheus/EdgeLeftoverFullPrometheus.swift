import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let edgeLeftoverFullPrometheus = Check(
        "edge-leftover-full-prometheus",
        severity: .warning,
        summary: "A full Prometheus still runs beside the agent that replaced it",
        why: """
            Both scrape the same targets: memory and volumes are spent twice, and when both write \
            remotely the receivers see every series twice and refuse one of the two as a conflict.
            """,
        fix: """
            Remove the full Prometheus, and the Alertmanager and Grafana that came with it, where \
            they are defined: in Git or at their custom resource. Delete their volumes last.
            """,
        needs: .leftovers, .agents, .optional(.components), .optional(.objects(.claims)), .view,
        references: [
            "https://prometheus.io/docs/prometheus/latest/prometheus_agent/"
        ],
        examples: edgeLeftoverFullPrometheusExamples
    ) { leftovers, agents, components, claims, view in
        // Another program may well write into a Prometheus that is meant to stay.
        let running = agents.filter(\.isPrometheus).filter {
            $0.workload != nil || $0.resource != nil
        }
        let shippers = (components ?? []).filter { $0.program == .sidecar }.map(\.reference)
        let unwanted = leftovers.filter { !$0.hasOwnPurpose(shippers: Set(shippers)) }
        let namespaces = Set(unwanted.map { $0.reference.namespace ?? "" })
        return namespaces.sorted().compactMap { namespace in
            let beside = running.filter { $0.reference.namespace ?? "" == namespace }
            return finding(
                unwanted.filter { $0.reference.namespace ?? "" == namespace },
                beside: beside.isEmpty ? running : beside, isNear: !beside.isEmpty,
                claims: view.isCluster ? claims : nil, view)
        }
    }
}

private func finding(
    _ found: [Leftover], beside agents: [Agent], isNear: Bool, claims: [KubernetesObject]?,
    _ view: ClusterView
) -> Finding? {
    let owners = Set(found.map(\.reference))
    // What an operator made of a custom resource goes with it.
    let roots = found.filter { leftover in
        leftover.object.controller.map { !owners.contains($0) } ?? true
    }
    let servers = roots.filter { $0.program == .prometheus }
    let work = RepeatedWork(of: found, and: agents)
    guard let prometheus = servers.first, isNear || work != nil else { return nil }
    let listed = servers + roots.filter { $0.program != .prometheus }
    let names = listed.map { "\($0.program.rawValue) \($0.reference.name)" }.joined(separator: ", ")
    let volumes = LeftoverVolumes(of: found, claims)
    let gain = LeftoverGain(of: found, with: volumes, beside: agents)
    // In a namespace of its own it may serve others, unless it repeats what the agent sends.
    let isSure = isNear || work?.isSent == true
    return Finding(
        (isNear
            ? "\(names) still beside the agent" : "\(names) in another namespace than the agent")
            + (gain.text.map { "; removal frees \($0)" } ?? "")
            + (work.map { ", and \($0)" } ?? ""),
        object: prometheus.reference, at: prometheus.object.range, label: "not in agent mode",
        severity: isSure ? nil : .info, confidence: isSure ? .certain : .likely,
        alsoAt: listed.filter { $0.reference != prometheus.reference }
            .map { Place($0.object.range, $0.program.rawValue) },
        evidence: listed.map { leftover in
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "\(leftover.reference) runs: \(leftover.program.rawValue)",
                command: view.kubectl(
                    "get \(leftover.reference.kind.lowercased()) \(leftover.reference.name)",
                    namespace: leftover.reference.namespace))
        } + [volumes.evidence(prometheus.reference.namespace, view)].compactMap(\.self),
        repair: repair(listed, volumes, isSure: isSure, view),
        about: found.map(\.reference).filter { $0 != prometheus.reference })
}

private func repair(
    _ found: [Leftover], _ volumes: LeftoverVolumes, isSure: Bool, _ view: ClusterView
) -> Repair {
    let queries: Set<ThanosComponent.Program> = [.query, .rule]
    // Where receivers or a Query are, dashboards and alerts may well be those of all clusters.
    let isEdge =
        view.pipeline.receivers.isEmpty
        && !view.pipeline.components.contains { queries.contains($0.program) }
    let claims = listed(volumes.claims.map(\.name))
    return Repair(
        command: view.isCluster && isSure && isEdge
            ? LeftoverRemoval(of: found, view).commands : nil,
        text: (isSure && isEdge ? "" : "if nobody else needs it, ")
            + "take these manifests out of Git; "
            + (claims.isEmpty
                ? "delete the volumes last"
                : "look at what is on the claims \(claims), and delete them last"))
}

extension LeftoverVolumes {
    /// Which claims a cluster showed.
    fileprivate func evidence(_ namespace: String?, _ view: ClusterView) -> EvidenceItem? {
        guard isMeasured, !claims.isEmpty else { return nil }
        return EvidenceItem(
            view.objectSource,
            "they hold the claims " + listed(claims.map(\.name)),
            command: view.kubectl("get persistentvolumeclaims", namespace: namespace))
    }
}
