import KubernetesModel
import MarkedYAML
import PipelineModel

/// A probe that ends a receiver which is not ready yet, sooner than a long replay is done.
struct ImpatientProbe {
    let field: String
    /// The path that it asks, or the threshold that is too low.
    let place: Node
    /// Seconds until it ends the container.
    let budget: Int

    /// Longer than most replays: ten minutes are reported for a week of retention.
    private static let patience = 600

    init?(_ group: ReceiverGroup) {
        let probes = Dictionary(
            uniqueKeysWithValues: group.container.probes.map { ($0.field, $0.node) })
        // A startup probe keeps the liveness probe away until it succeeds: one that asks something
        // else than readiness does so before the WAL is read.
        if let startup = probes["startupProbe"], let path = Self.readyPath(startup) {
            self.init("startupProbe", startup, path)
        } else if let liveness = probes["livenessProbe"], let path = Self.readyPath(liveness) {
            self.init("livenessProbe", liveness, path)
        } else {
            return nil
        }
    }

    private init?(_ field: String, _ probe: Node, _ path: Node) {
        // Kubernetes' defaults: 0, 10 and 3.
        let initial = probe["initialDelaySeconds"]?.int ?? 0
        let period = probe["periodSeconds"]?.int ?? 10
        let failures = probe["failureThreshold"]?.int ?? 3
        let (product, overflow) = period.multipliedReportingOverflow(by: failures)
        let (sum, sumOverflow) = product.addingReportingOverflow(initial)
        guard !overflow, !sumOverflow, sum < Self.patience else { return nil }
        budget = sum
        self.field = field
        place = path
    }

    private static func readyPath(_ probe: Node) -> Node? {
        guard let path = probe["httpGet"]?["path"], path.string == "/-/ready" else { return nil }
        return path
    }

    var isLiveness: Bool { field == "livenessProbe" }

    var summary: String { "\(field) asks /-/ready and gives up after \(budget) s" }

    var message: String {
        "\(field) asks /-/ready, which answers 503 until the WAL is read, and ends the receiver "
            + "after \(budget) s"
    }

    var label: String { "not before the WAL is read" }
}
