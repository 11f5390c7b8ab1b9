import Evidence
import MarkedYAML

/// A probe as the JSON report has it.
enum ProbeDocument {
    static func value(of probe: ProbeRecord) -> JSONValue {
        var members = JSONObject()
        members.addText("url", probe.url)
        members["purpose"] = .string(probe.purpose.rawValue)
        members.addText("seenFrom", probe.seenFrom)
        if let status = probe.status { members["status"] = .int(status) }
        members["hops"] = .array(probe.hops.map(value(of:)))
        return .object(members)
    }

    private static func value(of hop: ProbeRecord.Hop) -> JSONValue {
        var members: JSONObject = ["hop": .string(hop.kind.rawValue)]
        switch hop.outcome {
        case .passed: members["outcome"] = "passed"
        case .failed(let failure):
            members["outcome"] = "failed"
            members["failure"] = .string(failure.rawValue)
        case .notReachableFromHere: members["outcome"] = "unknown"
        case .skipped: members["outcome"] = "skipped"
        }
        members.addText("detail", hop.detail)
        members["seconds"] = .double((hop.seconds * 1000).rounded() / 1000)
        return .object(members)
    }
}
