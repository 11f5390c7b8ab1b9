import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel
import ReceiveFlags

extension Finding {
    /// A receiver that takes the tenant from a label, and does not look at what it says.
    ///
    /// Before v0.42 `../x` is a tenant like any other, and its directory lies outside of the TSDB.
    init?(escapingTenantsOf group: ReceiverGroup, _ view: ClusterView) {
        guard let label = group.flags.splitTenantLabel,
            (group.version ?? Version(0, 41)) < Version(0, 42)
        else { return nil }
        let isKnown = group.version != nil
        let release = group.version.map { "\($0)" } ?? "a thanos before v0.42, as this one may be,"
        self.init(
            "the label \(label) names the tenant, and \(release) takes any text for one: a sender "
                + "of ../x makes directories outside of --tsdb.path",
            object: group.reference, at: group.range(ofFlag: "--receive.split-tenant-label-name"),
            label: "is not validated", severity: isKnown ? .warning : .info,
            confidence: isKnown ? .certain : .possible,
            evidence: [
                EvidenceItem(
                    view.objectSource,
                    "--receive.split-tenant-label-name=\(label), the image is "
                        + (group.container.image?.text ?? "not stated"),
                    command: view.kubectl(
                        "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                        namespace: group.reference.namespace))
            ],
            repair: Repair(
                text: "deploy v0.42 or newer, or drop strange values of \(label) by "
                    + "--receive.relabel-config"))
    }
}
