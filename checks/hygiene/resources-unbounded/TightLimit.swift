import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

private let half = 0.5
private let mebi = 1_048_576.0

/// Limits as small as those of an example, which are no measure of a production.
func tight(_ group: ReceiverGroup, _ view: ClusterView) -> Finding? {
    let resources = StatedResources(group.container)
    let processor = resources.limit("cpu").flatMap { $0.amount.value < half ? $0.node : nil }
    let memory = resources.limit("memory").flatMap { $0.amount.value < 512 * mebi ? $0.node : nil }
    guard let first = processor ?? memory, group.flags.mode.stores, group.isWhole(in: view) else {
        return nil
    }
    // The limits of kube-thanos' example: 0.42 cores and 420Mi.
    let isSample =
        resources.limit("cpu")?.amount.value == 0.42
        && resources.limit("memory")?.amount.value == 420 * mebi
    let stated = [
        processor.map { "\($0.scalarText ?? "") CPU" },
        memory.map { "\($0.scalarText ?? "") of memory" },
    ].compactMap(\.self).joined(separator: " and ")
    return Finding(
        "the receiver is limited to \(stated)"
            + (isSample ? ", the values of an example" : ", which holds for small loads only"),
        object: group.reference, at: first.range, label: "a tight limit",
        severity: isSample ? nil : .info, confidence: isSample ? .likely : .possible,
        alsoAt: processor == nil ? [] : memory.map { [Place($0.range, "a tight limit")] } ?? [],
        evidence: [
            EvidenceItem(
                view.objectSource, "the limit is \(stated)",
                command: view.commandShowing(group.reference))
        ],
        repair: Repair(
            text: "take the CPU limit away, and set memory from what the busiest pod uses"),
        about: group.services.map(\.reference) + group.pods.map(\.reference))
}

/// Receivers that use nearly all that they may.
func exhausted(
    _ group: ReceiverGroup, _ pages: [ScrapedPod], _ view: ClusterView
) -> Finding? {
    let resources = StatedResources(group.container)
    let uses = pages.flatMap { page in
        [
            resources.limit("cpu").flatMap { limit in
                page.rate("process_cpu_seconds_total").flatMap { cores in
                    Use(page, limit.node, cores, of: limit.amount, "CPU", "\(cores.tenths) cores")
                }
            },
            resources.limit("memory").flatMap { limit in
                page.heldMemory.flatMap { bytes in
                    let text = "\(Quantity(value: bytes).bytesText) of memory"
                    return Use(page, limit.node, bytes, of: limit.amount, "memory", text)
                }
            },
        ].compactMap(\.self)
    }
    guard let worst = uses.max(by: { $0.share < $1.share }) else { return nil }
    // A compaction takes all the CPU there is for a while, and the Go runtime fills what
    // GOMEMLIMIT allows before it collects.
    let mayBeUsual = worst.resource == "CPU" || group.boundsOwnMemory
    return Finding(
        "pod \(worst.page.pod.name) uses \(worst.text), \(Int(worst.share * 100)) % of its "
            + "limit of " + (worst.limit.scalarText ?? ""),
        object: group.reference, at: worst.limit.range, label: "nearly used up",
        severity: mayBeUsual ? .info : nil, confidence: mayBeUsual ? .possible : .likely,
        evidence: uses.map { use in
            let pod = use.page.pod
            return use.resource == "CPU"
                ? group.growth(" uses \(use.text)", of: pod, "process_cpu_seconds_total", in: view)
                : EvidenceItem(
                    "metrics", "pod \(pod.name) uses \(use.text)",
                    command: group.showing(metrics: "go_memstats", of: pod, in: view))
        },
        repair: Repair(
            text: worst.resource == "CPU"
                ? "take the CPU limit away, or raise it"
                : "raise the memory limit, or lower the series of the head"),
        about: uses.map(\.page.pod) + group.services.map(\.reference))
}

/// How much of a limit one pod uses, when it is nearly all.
private struct Use {
    let page: ScrapedPod
    let limit: Node
    let share: Double
    let resource: String
    let text: String

    init?(
        _ page: ScrapedPod, _ limit: Node, _ used: Double, of amount: Quantity,
        _ resource: String, _ text: String
    ) {
        let share = used / amount.value
        guard share.isFinite, share >= 0.9, share < 100 else { return nil }
        self.page = page
        self.limit = limit
        self.share = share
        self.resource = resource
        self.text = text
    }
}

extension ReceiverGroup {
    /// Whether the Go runtime was given a limit of its own.
    fileprivate var boundsOwnMemory: Bool {
        flags.isGiven("--enable-auto-gomemlimit") || container.environment["GOMEMLIMIT"] != nil
    }
}

extension ScrapedPod {
    /// What the Go runtime holds of the system's memory; the mapped blocks are not in it.
    fileprivate var heldMemory: Double? {
        guard let taken = sum("go_memstats_sys_bytes"),
            let released = sum("go_memstats_heap_released_bytes")
        else { return nil }
        return taken - released
    }
}

extension Double {
    /// With one digit behind the point; only for what is bounded.
    fileprivate var tenths: String {
        Int(exactly: (self * 10).rounded()).map { "\($0 / 10).\($0 % 10)" } ?? "many"
    }
}
