import Evidence
import FoundationEssentials
import KubernetesEmulator
import KubernetesModel
import MarkedYAML
import PipelineModel

/// The objects and logs of an incident, moved to this run's network and time.
struct StagedWorld: Sendable {
    let files: IncidentFiles
    let objects: Objects
    let logs: [LogKey: [UInt8]]
    let answers: StagedAnswers
    let stage: StageDescription

    init(_ files: IncidentFiles, of incident: Incident, prefix: String, start: Date)
        throws(LabError)
    {
        guard let shift = TimeShift(from: incident.now, to: start) else {
            throw LabError(.malformedIncident, "\(incident.name): now is no RFC 3339 time")
        }
        let moved = files.rewritten { text in
            shift.applied(to: text.replacing(LabNetwork.placeholder, with: prefix))
        }
        self.files = moved
        objects = try StagedObjects(moved, of: incident.name).objects
        logs = Self.logs(moved)
        answers = try StagedAnswers(moved)
        stage = try StageDescription(moved)
    }

    private static func logs(_ files: IncidentFiles) -> [LogKey: [UInt8]] {
        var logs: [LogKey: [UInt8]] = [:]
        for (path, text) in files.below("logs") {
            let parts = path.split(separator: "/").map(String.init)
            guard parts.count == 4 else { continue }
            let isPrevious = parts[3].hasSuffix(".previous.log")
            let key = LogKey(
                namespace: parts[1], pod: parts[2],
                container: String(parts[3].dropLast(isPrevious ? 13 : 4)),
                isPrevious: isPrevious)
            logs[key] = Array(text.utf8)
        }
        return logs
    }

    /// Where the staged receivers answer, by `NAMESPACE/POD`.
    var receiverAddresses: [String: String] {
        let running = stage.receivers.filter { $0.expectation == .running }
        return Dictionary(running.map { ($0.pod, $0.address) }) { first, _ in first }
    }

    func pod(_ name: String) -> Pod? {
        let parts = name.split(separator: "/").map(String.init)
        guard parts.count == 2 else { return nil }
        let reference = ObjectReference(kind: "Pod", namespace: parts[0], name: parts[1])
        return objects[reference].flatMap(Pod.init)
    }
}
