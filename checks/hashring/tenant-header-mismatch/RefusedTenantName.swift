import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Finding {
    /// What receivers say of writes whose tenant they refuse.
    init?(refusalBy group: ReceiverGroup, in logs: [ContainerLog], _ view: ClusterView) {
        // Written small since v0.42.0; case does not count here.
        let lines = logs.current.compactMap { log in
            log.lastLine(containing: "tenant name not valid").map { (log, $0) }
        }
        guard let (log, line) = lines.first else { return nil }
        self.init(
            "the receivers refuse writes with 400: \(LogRecord(line).error ?? "the tenant's name")",
            object: group.reference, at: group.range(ofFlag: "--receive.tenant-header"),
            label: "looks for \(group.flags.tenantHeader)", confidence: .likely,
            evidence: [
                log.evidence(LogRecord(line).error ?? line, in: view)
            ],
            repair: Repair(
                text: "find the client whose \(group.flags.tenantHeader) holds a slash; its data "
                    + "is lost"),
            about: group.services.map(\.reference) + [log.pod])
    }
}
