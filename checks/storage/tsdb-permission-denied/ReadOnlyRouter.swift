import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel
import ReceiveFlags

extension Finding {
    /// A router whose root file system is read-only, and that has no volume for its TSDB.
    ///
    /// Up to v0.41 a router, too, begins with a directory for the default tenant.
    init?(routerOnReadOnlyRoot group: ReceiverGroup, _ view: ClusterView) {
        let path = group.flags.tsdbPath
        guard group.flags.mode == .routerOnly, group.hasReadOnlyRoot, group.isWhole(in: view),
            group.mount(over: path) == nil, (group.version ?? Version(0, 41)) < Version(0, 42)
        else { return nil }
        let isKnown = group.version != nil
        let release = group.version.map { "\($0)" } ?? "a thanos up to v0.41, as this one may be,"
        self.init(
            "the root file system is read-only, and \(release) makes a directory in \(path) even "
                + "where it only routes: it exits at its start",
            object: group.reference, at: group.range(ofFlag: "--tsdb.path"),
            label: "no volume over \(path)", severity: isKnown ? nil : .info,
            confidence: isKnown ? .certain : .possible,
            evidence: [
                EvidenceItem(
                    view.objectSource,
                    "readOnlyRootFilesystem is true, and no volumeMount covers \(path)",
                    command: view.kubectl(
                        "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                        namespace: group.reference.namespace))
            ],
            repair: Repair(text: "mount an emptyDir over --tsdb.path, or deploy v0.42 or newer"),
            about: group.services.map(\.reference))
    }
}
