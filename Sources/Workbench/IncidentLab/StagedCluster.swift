import KubernetesEmulator
import PipelineModel

/// The objects, logs and answers of one cluster of an incident.
struct StagedCluster: Sendable {
    /// The context of the kubeconfig.
    let name: String
    let files: IncidentFiles
    let objects: Objects
    let logs: [LogKey: [UInt8]]
    let answers: StagedAnswers
    /// How far the API server's clock is ahead: `clock.txt`, in seconds.
    let clockSkew: Duration

    /// - Parameter incident: the folder's name, for what is wrong in it.
    init(_ name: String, _ files: IncidentFiles, of incident: String) throws(LabError) {
        self.name = name
        self.files = files
        objects = try StagedObjects(files, of: incident).objects
        logs = Self.logs(files)
        answers = try StagedAnswers(files)
        clockSkew = .seconds(try Self.clockSkew(files))
    }

    private static func clockSkew(_ files: IncidentFiles) throws(LabError) -> Int {
        let year = 366 * 86_400
        guard let text = files["clock.txt"]?.filter({ !$0.isWhitespace }) else { return 0 }
        guard let seconds = Int(text), (-year...year).contains(seconds) else {
            throw LabError(.malformedIncident, "clock.txt:1: '\(text)' is no number of seconds")
        }
        return seconds
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
}
