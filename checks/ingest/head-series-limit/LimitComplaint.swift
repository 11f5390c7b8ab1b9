import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// Meta-monitoring answers, and knows nothing of a tenant: its limit is not applied.
///
/// A tenant's first series are not counted yet, so that this is a fault only when it lasts.
func uncounted(
    _ group: ReceiverGroup, _ file: LimitsFile?, _ lines: [ReceiverComplaint]
) -> Finding? {
    let lines = lines.filter { $0.record.message == "error while limiting" }
    guard let newest = lines.first, newest.isCurrent, let oldest = lines.last,
        oldest.age - newest.age > 600
    else { return nil }
    let tenant = newest.record["tenant"].map { " of tenant \($0)" } ?? ""
    let error = newest.record.error.map { ": \($0)" } ?? ""
    return Finding(
        "the limit of active series\(tenant) is not applied\(error)",
        object: group.reference,
        at: file?.metaMonitoring?.range ?? group.range(ofFlag: limitsFlag),
        label: "does not know the tenant",
        evidence: [newest.evidence("error while limiting\(error)")],
        repair: Repair(
            text: "let the Prometheus behind meta_monitoring_url scrape the receivers, and see "
                + "that meta_monitoring_limit_query returns a series for each tenant"),
        about: group.services.map(\.reference))
}

/// A new version of the file that receivers refuse.
func notReloaded(
    _ group: ReceiverGroup, _ file: LimitsFile?, _ lines: [ReceiverComplaint]
) -> Finding? {
    let lines = lines.filter {
        $0.age <= 3600 && $0.record.message.hasPrefix("error reloading tenant limits config")
    }
    guard let newest = lines.first else { return nil }
    let error = newest.record.error.map { ": \($0)" } ?? ""
    return Finding(
        "the limits in force are old ones, as the file cannot be read\(error)",
        object: group.reference, at: group.range(ofFlag: limitsFlag), label: "is refused",
        confidence: .likely,
        evidence: lines.prefix(2).map {
            $0.evidence("error reloading tenant limits config\(error)")
        },
        repair: Repair(text: "correct the file; receivers read it every second"),
        about: group.services.map(\.reference))
}

let limitsFlag = "--receive.limits-config-file"
