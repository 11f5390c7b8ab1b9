import Evidence
import KubernetesAPI
import KubernetesModel
import PipelineModel

/// Reads the tails of the pipeline's logs, the run before the last restart included.
struct LogGatherer: Sendable {
    let client: KubernetesClient
    /// Whose logs are wanted: `logs` are the receivers'.
    let sources: Set<EvidenceSource>
    let progress: @Sendable (String) -> Void

    /// What there is, and for each source what could not be read.
    struct Result: Sendable {
        var logs: [Evidence.ContainerLog] = []
        var missing: [EvidenceSource: [MissingEvidence]] = [:]
        var gaps: [Gap] = []
    }

    /// Enough for the last start of a receiver and what came of it.
    private static let tailLines = 500
    private static let limitBytes = 1 << 20
    /// There may be hundreds of agents, which say the same again and again.
    private static let agentTailLines = 200
    private static let agentLimitBytes = 128 << 10
    private static let width = 16

    private struct Wanted: Sendable {
        let source: EvidenceSource
        let pod: ObjectReference
        let container: String
        let isPrevious: Bool
    }

    private enum Outcome: Sendable {
        case log(Evidence.ContainerLog)
        case missing(AccessFailure)
        /// No log exists: the container never ran, or the pod is gone.
        case nothing
    }

    func gather(_ pipeline: Pipeline) async -> Result {
        let wanted = wanted(in: pipeline)
        var outcomes: [Outcome] = []
        await withTaskGroup(of: (Int, Outcome).self) { group in
            var waiting = wanted.enumerated().makeIterator()
            var results: [Outcome?] = Array(repeating: nil, count: wanted.count)
            for _ in 0..<Self.width {
                guard let (index, next) = waiting.next() else { break }
                group.addTask { (index, await read(next)) }
            }
            while let (index, outcome) = await group.next() {
                results[index] = outcome
                guard let (index, next) = waiting.next() else { continue }
                group.addTask { (index, await read(next)) }
            }
            outcomes = results.compactMap(\.self)
        }
        return zip(wanted, outcomes).reduce(into: Result()) { result, pair in
            switch pair.1 {
            case .log(let log): result.logs.append(log)
            case .missing(let failure):
                result.missing[pair.0.source, default: []].append(failure.evidence)
                result.gaps.append(failure.gap)
            case .nothing: break
            }
        }
    }

    private func wanted(in pipeline: Pipeline) -> [Wanted] {
        var wanted: [Wanted] = []
        if sources.contains(.logs) {
            for group in pipeline.receivers {
                wanted += group.pods.flatMap { Self.wanted(.logs, $0, group.container.name) }
            }
        }
        if sources.contains(.agentLogs) {
            for agent in pipeline.agents {
                guard let name = agent.container?.name else { continue }
                wanted += agent.pods.flatMap { Self.wanted(.agentLogs, $0, name) }
            }
        }
        if sources.contains(.componentLogs) {
            for component in pipeline.components {
                let name = component.container.name
                wanted += component.pods.flatMap { Self.wanted(.componentLogs, $0, name) }
            }
        }
        return wanted
    }

    /// The log of a container that runs, and of the run before if there was one.
    private static func wanted(
        _ source: EvidenceSource, _ pod: Pod, _ container: String
    ) -> [Wanted] {
        let status = pod.containerStatuses.first { $0.name == container }
        let hasRunBefore = (status?.restartCount ?? 0) > 0
        return (hasRunBefore ? [true, false] : [false]).map { isPrevious in
            Wanted(
                source: source, pod: pod.reference, container: container, isPrevious: isPrevious)
        }
    }

    private func read(_ wanted: Wanted) async -> Outcome {
        progress("logs of \(wanted.pod.name)")
        do {
            let log = try await client.logs(
                namespace: wanted.pod.namespace ?? "default", pod: wanted.pod.name,
                container: wanted.container, previous: wanted.isPrevious,
                tailLines: wanted.source == .agentLogs ? Self.agentTailLines : Self.tailLines,
                limitBytes: wanted.source == .agentLogs ? Self.agentLimitBytes : Self.limitBytes)
            let text = String(decoding: log.bytes, as: UTF8.self)
            return .log(
                Evidence.ContainerLog(
                    pod: wanted.pod, container: wanted.container, isPrevious: wanted.isPrevious,
                    lines: text.split(separator: "\n").map(String.init),
                    isTail: log.isTruncated))
        } catch {
            switch error.kind {
            case .objectMissing, .rejected: return .nothing
            case .unauthorized, .forbidden, .resourceNotServed, .gone, .tooManyRequests,
                .serverError, .timedOut, .unreachable, .notKubernetes, .truncated, .malformed,
                .cancelled:
                return .missing(AccessFailure(error, source: "logs"))
            }
        }
    }
}
