import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// What the policies of one view say to the connections that receivers need.
struct FlowJudge {
    let policies: [TrafficPolicy]
    let namespaces: NamespaceLabels
    let hasCilium: Bool
    /// Whether other kinds of policies may allow what these do not.
    let isOverruled: Bool
    let probes: [ProbeRecord]
    let view: ClusterView

    func findings(_ group: ReceiverGroup) -> [Finding] {
        let flows = view.pipeline.requiredFlows(
            of: group, namespaces: namespaces, hasCilium: hasCilium)
        return flows.compactMap { flow in
            let answer = flow.answer(of: policies, namespaces: namespaces)
            guard answer.passes == .no, let policy = answer.isolating.first, !isSeenToPass(flow)
            else { return nil }
            return finding(flow, group, policy, isolating: answer.isolating)
        }
    }

    /// Whether a write got through, whatever the policies say.
    private func isSeenToPass(_ flow: RequiredFlow) -> Bool {
        guard case .clients(let service) = flow.purpose else { return false }
        return probes.contains {
            $0.purpose == .remoteWrite && $0.target == service && $0.failure == nil
                && !$0.isNotReachableFromHere
        }
    }

    private func finding(
        _ flow: RequiredFlow, _ group: ReceiverGroup, _ policy: TrafficPolicy,
        isolating: [TrafficPolicy]
    ) -> Finding {
        let kinds = ["NetworkPolicy", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"]
        let isCertain = hasCilium && !isOverruled && kinds.allSatisfy(view.isComplete)
        let names = Set(isolating.map(\.object.name)).sorted().joined(separator: ", ")
        let kind = policy.object.kind.lowercased()
        return Finding(
            "no policy lets \(flow.text) (\(group.reference)), whose pods \(names) isolates",
            object: policy.reference, at: policy.object.range,
            label: "isolates the pods for \(flow.direction.rawValue)",
            severity: isCertain ? nil : .warning, confidence: isCertain ? .certain : .likely,
            alsoAt: [Place(group.workload.object.range, "these pods")],
            evidence: [
                EvidenceItem(
                    view.isCluster ? "cluster" : "manifest",
                    "the pods of \(group.reference) are isolated for \(flow.direction.rawValue) by "
                        + "\(names), and no rule allows \(flow.port)\(doubt)",
                    command: view.kubectl(
                        "get \(kind) \(policy.object.name) -o yaml",
                        namespace: policy.object.namespace))
            ],
            repair: Repair(text: repair(of: flow, group)),
            about: [group.reference] + group.services.map(\.reference) + flow.others)
    }

    private var doubt: String {
        if isOverruled { return "; policies of another kind may allow it" }
        return hasCilium ? "" : "; whether the network enforces policies is not known"
    }

    /// The smallest policy that allows it.
    private func repair(of flow: RequiredFlow, _ group: ReceiverGroup) -> String {
        let labels = group.workload.podLabels.sorted { $0.key < $1.key }
            .map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        if case .ingress = flow.purpose {
            return """
                allow it with a CiliumNetworkPolicy in the same namespace:
                spec:
                  endpointSelector: {matchLabels: {\(labels)}}
                  ingress: [{fromEntities: [ingress]}]
                """
        }
        if case .clients = flow.purpose, hasCilium {
            // With externalTrafficPolicy Cluster another node may hand the writes on, as itself.
            let ports = flow.connections.first?.port.map {
                ", toPorts: [{ports: [{port: \"\($0)\", protocol: TCP}]}]"
            }
            return """
                allow it with a CiliumNetworkPolicy in the same namespace:
                spec:
                  endpointSelector: {matchLabels: {\(labels)}}
                  ingress:
                  - {fromEntities: [host, remote-node]\(ports ?? "")}
                  - {fromCIDR: [THE AGENTS' NETWORK]\(ports ?? "")}
                """
        }
        guard let rule = flow.rule(in: group.reference.namespace) else {
            return "allow it with a NetworkPolicy that names the pods of the store and their port"
        }
        return """
            allow it with a NetworkPolicy in the namespace of the receivers:
            spec:
              podSelector: {matchLabels: {\(labels)}}
              policyTypes: [\(flow.direction == .ingress ? "Ingress" : "Egress")]
              \(flow.direction.rawValue): [{\(rule)}]
            """
    }
}

extension RequiredFlow {
    fileprivate var port: String {
        let first = connections.first
        let number = first?.port.map { "port \($0)" } ?? "the store's port"
        return first?.transport == "UDP" ? "\(number)/UDP" : number
    }

    /// Who is not let through to what, behind "no policy lets".
    fileprivate var text: String {
        switch (purpose, direction) {
        case (.clients(let service), _):
            "clients outside, who come through \(service), reach \(port) of the receivers"
        case (.ingress(let ingress), _):
            "Cilium's proxy for \(ingress) reach \(port) of the receivers"
        case (.peers(let other), .ingress): "\(other) reach \(port) of its fellow receivers"
        case (.peers(let other), .egress): "the receivers reach \(port) of \(other)"
        case (.query(let query), _): "\(query) reach \(port) of the receivers"
        case (.names, _): "the receivers reach DNS on \(port)"
        case (.objectStore(let host), _): "the receivers reach object storage at \(host)"
        }
    }

    fileprivate var others: [ObjectReference] {
        switch purpose {
        case .clients(let other), .ingress(let other), .peers(let other), .query(let other):
            [other]
        case .names, .objectStore: []
        }
    }
}
