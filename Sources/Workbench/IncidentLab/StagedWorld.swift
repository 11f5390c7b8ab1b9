import FoundationEssentials
import KubernetesModel
import PipelineModel

/// The clusters of an incident, moved to this run's network and time.
struct StagedWorld: Sendable {
    /// That of `cluster/`, where the staged receivers are.
    let central: StagedCluster
    /// Those of `clusters/NAME/`, by name.
    let others: [StagedCluster]
    let stage: StageDescription

    /// How the context of `cluster/` is called.
    private static let centralName = "lab"

    init(_ files: IncidentFiles, of incident: Incident, prefix: String, start: Date)
        throws(LabError)
    {
        guard let shift = TimeShift(from: incident.now, to: start) else {
            throw LabError(.malformedIncident, "\(incident.name): now is no RFC 3339 time")
        }
        let moved = files.rewritten { text in
            shift.applied(to: text.replacing(LabNetwork.placeholder, with: prefix))
        }
        central = try StagedCluster(Self.centralName, moved, of: incident.name)
        var others: [StagedCluster] = []
        for name in moved.clusterNames {
            guard name != Self.centralName else {
                throw LabError(
                    .malformedIncident,
                    "\(incident.name): clusters/\(name) has the name of the cluster in cluster/")
            }
            others.append(
                try StagedCluster(
                    name, moved.inside("clusters/\(name)"),
                    of: "\(incident.name)/clusters/\(name)"))
        }
        self.others = others
        stage = try StageDescription(moved)
    }

    var clusters: [StagedCluster] { [central] + others }

    /// Where the staged receivers answer, by `NAMESPACE/POD`.
    var receiverAddresses: [String: String] {
        let running = stage.receivers.filter { $0.expectation == .running }
        return Dictionary(running.map { ($0.pod, $0.address) }) { first, _ in first }
    }

    func pod(_ name: String) -> Pod? {
        let parts = name.split(separator: "/").map(String.init)
        guard parts.count == 2 else { return nil }
        let reference = ObjectReference(kind: "Pod", namespace: parts[0], name: parts[1])
        return central.objects[reference].flatMap(Pod.init)
    }
}
