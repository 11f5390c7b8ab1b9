package import Evidence
package import KubernetesAPI
package import KubernetesModel
import MarkedYAML

/// The log of one container: of the run that goes on, or of the one before the last restart.
package struct PodLog: Sendable {
    package let pod: ObjectReference
    package let container: String
    package let isPrevious: Bool
    package let bytes: [UInt8]
}

/// Reads the logs of the pods that a selector names, whoever they belong to.
package struct PodLogReader: Sendable {
    /// As much as a container may say; longer lines than usual may use it up before the tail ends.
    static let limitBytes = 8 << 20
    /// Logs in memory at the same time.
    private static let width = 4

    let client: KubernetesClient
    /// All namespaces when it is nil.
    let namespace: String?
    let selector: String?
    let tailLines: Int
    let progress: @Sendable (String) -> Void

    package init(
        client: KubernetesClient, namespace: String?, selector: String?, tailLines: Int,
        progress: @escaping @Sendable (String) -> Void
    ) {
        self.client = client
        self.namespace = namespace
        self.selector = selector
        self.tailLines = tailLines
        self.progress = progress
    }

    private struct Wanted: Sendable {
        let pod: ObjectReference
        let container: String
        let isPrevious: Bool
    }

    private enum Outcome: Sendable {
        case log(PodLog, isTruncated: Bool)
        case failed(KubernetesFailure)
    }

    /// What there was to read.
    package struct Summary: Sendable {
        package internal(set) var pods = 0
        package internal(set) var gaps: [Gap] = []
    }

    /// Calls with one log after the other, in the order of their names, the older run first.
    ///
    /// - Throws: When the API server refuses the selector; all else is a gap.
    package func read(
        _ body: (PodLog) -> Void
    ) async throws(KubernetesFailure) -> Summary {
        var summary = Summary()
        var failures: [KubernetesFailure] = []
        var pods: [Pod] = []
        do {
            pods = try await list()
        } catch {
            if case .rejected = error.kind { throw error }
            failures.append(error)
        }
        summary.pods = pods.count
        let wanted = pods.flatMap(Self.wanted)
        for start in stride(from: 0, to: wanted.count, by: Self.width) {
            for outcome in await read(wanted[start..<min(start + Self.width, wanted.count)]) {
                switch outcome {
                case .failed(let failure): failures.append(failure)
                case .log(let log, let isTruncated):
                    body(log)
                    if isTruncated { summary.gaps.append(Self.truncated(log)) }
                }
            }
        }
        summary.gaps += Self.gaps(failures)
        return summary
    }

    private func list() async throws(KubernetesFailure) -> [Pod] {
        progress("pods")
        let items = try await client.list(
            .pods, namespace: namespace, labelSelector: selector
        ).items
        return items.compactMap {
            KubernetesObject($0, defaultAPIVersion: "v1", defaultKind: "Pod").flatMap(Pod.init)
        }.sorted { ($0.namespace ?? "", $0.name) < ($1.namespace ?? "", $1.name) }
    }

    private static func wanted(_ pod: Pod) -> [Wanted] {
        let restarted = pod.restarted
        return pod.containerNames.flatMap { name in
            (restarted.contains(name) ? [true, false] : [false]).map {
                Wanted(pod: pod.reference, container: name, isPrevious: $0)
            }
        }
    }

    private func read(_ wanted: ArraySlice<Wanted>) async -> [Outcome] {
        await withTaskGroup(of: (Int, Outcome?).self) { group in
            for (index, next) in wanted.enumerated() {
                group.addTask { (index, await read(next)) }
            }
            let outcomes = await group.reduce(into: [Int: Outcome]()) { $0[$1.0] = $1.1 }
            return outcomes.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    /// Nil where no log exists: the container never ran, or the pod is gone.
    private func read(_ wanted: Wanted) async -> Outcome? {
        progress("logs of \(wanted.pod.name)")
        do {
            let log = try await client.logs(
                namespace: wanted.pod.namespace ?? "default", pod: wanted.pod.name,
                container: wanted.container, previous: wanted.isPrevious, tailLines: tailLines,
                limitBytes: Self.limitBytes)
            return .log(
                PodLog(
                    pod: wanted.pod, container: wanted.container, isPrevious: wanted.isPrevious,
                    bytes: log.bytes),
                isTruncated: log.isTruncated)
        } catch {
            switch error.kind {
            case .objectMissing, .rejected: return nil
            case .unauthorized, .forbidden, .resourceNotServed, .gone, .tooManyRequests,
                .serverError, .timedOut, .unreachable, .notKubernetes, .truncated, .malformed,
                .cancelled:
                return .failed(error)
            }
        }
    }
}

extension PodLogReader {
    private static func truncated(_ log: PodLog) -> Gap {
        Gap(
            source: "logs",
            reason: "the log of \(log.pod.name), container \(log.container), is longer than "
                + "\(limitBytes >> 20) MiB; its newest lines were not read: use fewer with --tail")
    }

    /// One for each rule that would help, and one for each other way to fail.
    private static func gaps(_ failures: [KubernetesFailure]) -> [Gap] {
        let groups = Dictionary(grouping: failures) { $0.rbacRule?.yaml ?? "\($0.kind)" }
        return groups.values.compactMap { group in
            let gaps = group.map { AccessFailure($0, source: "logs").gap }
            let others = gaps.count > 1 ? " (and \(gaps.count - 1) more)" : ""
            return gaps.min { $0.reason < $1.reason }.map {
                Gap(source: $0.source, reason: $0.reason + others, remedy: $0.remedy)
            }
        }.sorted { $0.reason < $1.reason }
    }
}

extension Pod {
    /// In the order in which they start.
    fileprivate var containerNames: [String] {
        ["initContainers", "containers"].flatMap { member in
            object.spec?[member].items.compactMap { $0["name"]?.string } ?? []
        }
    }

    /// The containers that ran before, with a log of that run.
    fileprivate var restarted: Set<String> {
        let statuses = ["initContainerStatuses", "containerStatuses"].flatMap { member in
            object.status?[member].items ?? []
        }
        return Set(
            statuses.filter { ($0["restartCount"]?.int ?? 0) > 0 }
                .compactMap { $0["name"]?.string })
    }
}
