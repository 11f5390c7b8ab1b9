import Evidence
import KubernetesAPI
import KubernetesModel
import PipelineModel

/// Reads the tails of the receivers' logs, the run before the last restart included.
struct LogGatherer: Sendable {
    let client: KubernetesClient
    let progress: @Sendable (String) -> Void

    /// Enough for the last start of a receiver and what came of it.
    private static let tailLines = 500
    private static let limitBytes = 1 << 20
    private static let width = 16

    private struct Wanted: Sendable {
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

    func gather(
        _ pipeline: Pipeline
    ) async -> ([Evidence.ContainerLog], [MissingEvidence], [Gap]) {
        let wanted = pipeline.receivers.flatMap { group in
            group.pods.flatMap { Self.wanted(of: $0, container: group.container.name) }
        }
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
        var logs: [Evidence.ContainerLog] = []
        var failures: [AccessFailure] = []
        for outcome in outcomes {
            switch outcome {
            case .log(let log): logs.append(log)
            case .missing(let failure): failures.append(failure)
            case .nothing: continue
            }
        }
        return (logs, failures.map(\.evidence), failures.map(\.gap))
    }

    private static func wanted(of pod: Pod, container: String) -> [Wanted] {
        let status = pod.containerStatuses.first { $0.name == container }
        let current = Wanted(pod: pod.reference, container: container, isPrevious: false)
        guard let status, status.restartCount > 0 else { return [current] }
        return [
            Wanted(pod: pod.reference, container: container, isPrevious: true), current,
        ]
    }

    private func read(_ wanted: Wanted) async -> Outcome {
        progress("logs of \(wanted.pod.name)")
        do {
            let log = try await client.logs(
                namespace: wanted.pod.namespace ?? "default", pod: wanted.pod.name,
                container: wanted.container, previous: wanted.isPrevious,
                tailLines: Self.tailLines, limitBytes: Self.limitBytes)
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
