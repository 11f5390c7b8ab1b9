import Evidence
import KubernetesModel
import MarkedYAML
import MetricsText
import PipelineModel

/// One part of what a plug-in reads, and the objects of which it speaks.
struct ShownEvidence: Sendable {
    /// Members of the document; `objects` holds a list for each resource.
    var members: JSONObject
    var objects: JSONObject = [:]
    var references: Set<ObjectReference>

    static let none = ShownEvidence(members: [:], references: [])

    private static func list(
        _ name: String, _ items: [JSONValue], of references: [ObjectReference]
    ) -> ShownEvidence {
        ShownEvidence(
            members: JSONObject([(name, .array(items))]), references: Set(references))
    }

    static func objects(
        _ name: String, _ all: [KubernetesObject], _ hiding: Concealment
    ) -> ShownEvidence {
        var shown = ShownEvidence(members: [:], references: Set(all.map(\.reference)))
        shown.objects[name] = .array(all.map(hiding.json))
        return shown
    }

    static func receivers(_ groups: [ReceiverGroup], _ hiding: Concealment) -> ShownEvidence {
        let pods = groups.flatMap { $0.pods.map(\.reference) }
        let items = groups.map { group in
            var item: JSONObject = [
                "object": Concealment.json(group.reference),
                "replicas": .int(group.workload.replicas),
                "arguments": .array(
                    group.arguments.values.map { .string(hiding.text($0.value)) }),
                "services": .array(group.services.map { Concealment.json($0.reference) }),
                "pods": .array(group.pods.map { Concealment.json($0.reference) }),
            ]
            item["version"] = group.version.map { .string("\($0)") }
            return JSONValue.object(item)
        }
        return list("receivers", items, of: groups.map(\.reference) + pods)
    }

    static func agents(_ agents: [Agent], _ hiding: Concealment) -> ShownEvidence {
        let pods = agents.flatMap { $0.pods.map(\.reference) }
        let items = agents.map { agent in
            var item: JSONObject = [
                "object": Concealment.json(agent.reference),
                "replicas": .int(agent.replicas),
                "remoteWrites": .array(
                    agent.remoteWrites.map { ["url": .string(hiding.text($0.url.value))] }),
                "pods": .array(agent.pods.map { Concealment.json($0.reference) }),
            ]
            item["version"] = agent.version.map { .string("\($0)") }
            return JSONValue.object(item)
        }
        return list("agents", items, of: agents.map(\.reference) + pods)
    }

    static func logs(
        _ name: String, _ owners: [(ObjectReference, [ContainerLog])], _ hiding: Concealment
    ) -> ShownEvidence {
        let items = owners.flatMap { owner, logs in
            logs.map { log -> JSONValue in
                [
                    "owner": Concealment.json(owner), "pod": Concealment.json(log.pod),
                    "container": .string(log.container), "previous": .bool(log.isPrevious),
                    "tail": .bool(log.isTail),
                    "lines": .array(log.lines.map { .string(hiding.text($0)) }),
                ]
            }
        }
        return list(name, items, of: owners.flatMap { [$0.0] + $0.1.map(\.pod) })
    }

    static func metrics(
        _ name: String, _ pods: [ScrapedPod], _ families: [String]
    ) -> ShownEvidence {
        let items = pods.map { pod -> JSONValue in
            let samples = families.flatMap { family in
                pod.page.points(family).map { point -> JSONValue in
                    let labels = point.labels.sorted { $0.key < $1.key }
                    return [
                        "name": .string(family),
                        "labels": .object(JSONObject(labels.map { ($0, .string($1)) })),
                        "value": point.value.isFinite
                            ? .double(point.value) : .string("\(point.value)"),
                    ]
                }
            }
            return ["pod": Concealment.json(pod.pod), "samples": .array(samples)]
        }
        return list(name, items, of: pods.map(\.pod))
    }

    static func probes(_ probes: [ProbeRecord], _ hiding: Concealment) -> ShownEvidence {
        let items = probes.map { probe -> JSONValue in
            var item: JSONObject = [
                "object": Concealment.json(probe.subject), "url": .string(hiding.text(probe.url)),
                "purpose": .string(probe.purpose.rawValue),
                "reachable": .bool(!probe.isNotReachableFromHere),
            ]
            item["failure"] = probe.failure.map { failure in
                [
                    "hop": .string(failure.hop.kind.rawValue),
                    "kind": .string(failure.kind.rawValue),
                    "detail": .string(hiding.text(failure.hop.detail)),
                ]
            }
            item["status"] = probe.status.map { .int($0) }
            return .object(item)
        }
        return list("probes", items, of: probes.map(\.subject))
    }
}
