import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import MetricsText
import PipelineModel

/// A Compactor's word that it has stopped.
struct Halt {
    let message: String
    let evidence: [EvidenceItem]
    /// Whether it halted for blocks that overlap, and not for one that it cannot read.
    let isOverlap: Bool

    init?(logs: [ContainerLog], pods: [ScrapedPod], _ view: ClusterView) {
        var items: [EvidenceItem] = []
        var reason: String?
        // The run before the restart halted, too; only the present one counts.
        for log in logs.current {
            guard let line = log.lastLine(containing: "critical error detected; halting") else {
                continue
            }
            reason =
                (LogRecord(line).error ?? line).contains("overlaps found") ? "overlaps" : "other"
            // It names every block of the overlap.
            items.append(
                log.evidence(shortened(LogRecord(line).error ?? line), in: view))
        }
        for pod in pods where (pod.sum("thanos_compact_halted") ?? 0) > 0 {
            items.append(
                EvidenceItem(
                    "metrics", "thanos_compact_halted of \(pod.pod.name) is 1",
                    command: view.metricsCommand(
                        of: pod.pod, port: 10902, "thanos_compact_halted")))
        }
        guard !items.isEmpty else { return nil }
        evidence = items
        isOverlap = reason == "overlaps"
        message =
            reason == "overlaps"
            ? "the Compactor has halted: it found blocks that overlap"
            : "the Compactor has halted, and does nothing until it is restarted"
    }
}

/// Blocks as receivers uploaded them, of equal labels, that cover the same time.
struct Overlap {
    let bucket: String
    let pairs: Int
    let first: BucketBlock
    let second: BucketBlock

    /// Blocks of higher levels overlap with their sources until those are deleted.
    init?(in state: BucketState, for compactor: ThanosComponent) {
        guard let listing = state.listing, !compactor.isVertical else { return nil }
        let blocks = listing.blocks.filter {
            $0.level == 1 && $0.resolution == 0 && !listing.deletionMarks.contains($0.ulid)
        }
        var found: [(BucketBlock, BucketBlock)] = []
        for stream in Dictionary(grouping: blocks, by: \.labels).values {
            let ordered = stream.sorted { ($0.minTime, $0.ulid) < ($1.minTime, $1.ulid) }
            for (block, next) in zip(ordered, ordered.dropFirst())
            where block.maxTime > next.minTime {
                found.append((block, next))
            }
        }
        guard let earliest = found.min(by: { $0.0.ulid < $1.0.ulid }) else { return nil }
        bucket = state.name
        pairs = found.count
        (first, second) = earliest
    }
}

extension ThanosComponent {
    /// Deduplication turns vertical compaction on, too (cmd/thanos/compact.go of Thanos).
    var isVertical: Bool {
        isGiven("--compact.enable-vertical-compaction")
            || values(of: "--deduplication.replica-label").contains { !$0.value.isEmpty }
    }

    /// Whether it takes only some of the blocks.
    var isSharded: Bool { flags.contains { $0.name.hasPrefix("--selector.relabel-config") } }
}
