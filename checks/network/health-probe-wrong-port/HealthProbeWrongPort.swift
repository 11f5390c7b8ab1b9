import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension Check {
    static let healthProbeWrongPort = Check(
        "health-probe-wrong-port",
        severity: .info,
        stage: .preInstall,
        summary: "A receiver's health is asked for on the port of remote write",
        why: """
            The port of remote write serves /api/v1/receive and answers 404 to /-/ready, \
            /-/healthy and /metrics. People read the 404 as a broken receiver.
            """,
        fix: """
            Ask the HTTP port, 10902 by default, for health and metrics. To test the address of \
            remote write, send an empty POST to /api/v1/receive and expect 400.
            """,
        needs: .workloads, .pipeline, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/"
        ],
        examples: healthProbeWrongPortExamples
    ) { workloads, pipeline, view in
        let requests = HealthRequests(to: pipeline)
        return pipeline.receivers.flatMap { probes(of: $0, view) }
            + workloads.flatMap { scripts(in: $0, requests, view) }
    }
}

private let paths: Set = ["/-/ready", "/-/healthy", "/metrics"]

/// Probes of the receivers themselves.
private func probes(of group: ReceiverGroup, _ view: ClusterView) -> [Finding] {
    group.container.probes.compactMap { field, node in
        let request = node["httpGet"]
        guard let path = request?["path"]?.string, paths.contains(path),
            let port = request?["port"], let number = group.container.portNumber(port),
            number == group.remoteWritePort || number == group.grpcPort
        else { return nil }
        let http = group.httpPort ?? 10902
        return Finding(
            "\(field) asks port \(number) for \(path), which port \(http) serves",
            object: group.reference, at: port.range, label: "answers 404 to \(path)",
            evidence: [evidence(of: "\(field): \(path) on \(number)", group.reference, view)],
            repair: Repair(
                edits: [.replacing(port, with: String(http))],
                text: "probe port \(http) instead"))
    }
}

/// Commands of any workload that ask an address of the receivers for health.
private func scripts(
    in workload: Workload, _ requests: HealthRequests, _ view: ClusterView
) -> [Finding] {
    let containers = (workload.podSpec?.containers ?? []) + (workload.podSpec?.initContainers ?? [])
    return containers.flatMap(\.texts).compactMap { node in
        guard let text = node.string, let request = requests.first(in: text) else { return nil }
        let start = text.utf8.distance(from: text.startIndex, to: request.lowerBound)
        let end = text.utf8.distance(from: text.startIndex, to: request.upperBound)
        let words = String(text[request])
        return Finding(
            "a command asks \(words) for health, a port that takes remote write only",
            object: workload.reference, at: node.range(ofBytes: start..<end),
            label: "answers 404 here, 10902 serves it",
            evidence: [evidence(of: "the command holds \(words)", workload.reference, view)],
            repair: Repair(
                text: "ask port 10902 of a receiver, or send an empty POST to /api/v1/receive and "
                    + "expect 400"))
    }
}

extension Container {
    /// The texts that it runs: command, arguments, and the commands of its probes.
    fileprivate var texts: [Node] {
        node["command"].items + node["args"].items
            + probes.flatMap { $0.node["exec"]?["command"].items ?? [] }
    }
}

/// Finds where a text asks a port of remote write for health: `:19291/-/ready`.
private struct HealthRequests {
    private let pipeline: Pipeline
    /// What to look for, with the port in it; made once, not for each text.
    private let words: [(text: String, port: Int)]

    init(to pipeline: Pipeline) {
        self.pipeline = pipeline
        let stated = Set(pipeline.receivers.compactMap(\.remoteWritePort))
        words = (stated.isEmpty ? [19291] : stated).sorted().flatMap { port in
            paths.sorted().map { (":\(port)\($0)", port) }
        }
    }

    func first(in text: String) -> Range<String.Index>? {
        // Few texts hold a colon, and bytes are compared much faster than characters.
        guard text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        for (word, port) in words {
            let found = Self.places(of: word, in: text).first { range in
                let next = text[range.upperBound...].first
                let isWhole = next.map { !($0.isLetter || $0.isNumber || "_-/".contains($0)) }
                return (isWhole ?? true)
                    && (port == 19291 || leadsToReceiver(text[..<range.lowerBound]))
            }
            if let found { return found }
        }
        return nil
    }

    private static func places(of word: String, in text: String) -> [Range<String.Index>] {
        text.utf8.indices.compactMap { start in
            guard text.utf8[start] == UInt8(ascii: ":"),
                text.utf8[start...].starts(with: word.utf8)
            else { return nil }
            return start..<text.utf8.index(start, offsetBy: word.utf8.count)
        }
    }

    /// Whether the host before a port is one of the receivers': any program may use another port.
    private func leadsToReceiver(_ before: Substring) -> Bool {
        let host =
            before.split(whereSeparator: { "/@ \"'\n".contains($0) }).last.map(String.init) ?? ""
        guard let endpoint = EndpointAddress(url: "http://\(host)/"),
            let service = pipeline.service(at: endpoint)
        else { return false }
        return !pipeline.receivers(behind: service.reference).isEmpty
    }
}

private func evidence(
    of what: String, _ object: ObjectReference, _ view: ClusterView
) -> EvidenceItem {
    EvidenceItem(
        view.isCluster ? "cluster" : "manifest", what,
        command: view.kubectl(
            "get \(object.kind.lowercased()) \(object.name) -o yaml", namespace: object.namespace))
}
