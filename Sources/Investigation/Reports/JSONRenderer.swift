import Diagnosis
import Evidence
import FoundationEssentials
import KubernetesModel
import MarkedYAML

/// The JSON document that `docs/report.schema.json` describes.
struct JSONRenderer {
    private static let schemaVersion = "1.0"

    private let conclusion: Conclusion
    private let run: RunDescription

    init(_ conclusion: Conclusion, run: RunDescription) {
        self.conclusion = conclusion
        self.run = run
    }

    var report: String {
        var document: JSONObject = [
            "schemaVersion": .string(Self.schemaVersion),
            "tool": .object(["name": "thanosctl", "version": .string(run.toolVersion)]),
            "run": runMember,
            "targets": .array(run.targets.sorted().map(Self.target)),
            "summary": summary,
        ]
        document["lines"] = conclusion.lines.map(Self.lines)
        document["rootCauses"] = .array(conclusion.rootCauses.map(Self.rootCause))
        document["checks"] = .array(conclusion.checks.sorted { $0.id < $1.id }.map(Self.check))
        document["gaps"] = .array(sortedGaps)
        document["findings"] = .array(conclusion.findings.map(Self.finding))
        document["probes"] = .array(conclusion.probes.map(ProbeDocument.value))
        return Self.escapingControls(in: JSONValue.object(document).pretty) + "\n"
    }

    private var runMember: JSONValue {
        var members: JSONObject = [
            "command": .string(run.command),
            "startedAt": .string(run.startedAt),
            "seconds": Self.seconds(run.seconds),
            "complete": .bool(run.outcome.isComplete),
            "exitCode": .int(run.outcome.exitCode),
        ]
        members.addText("error", run.outcome.error)
        return .object(members)
    }

    private var summary: JSONValue {
        let severities = Severity.allCases.sorted(by: >).map {
            ($0.rawValue, JSONValue.int(conclusion.count(of: $0)))
        }
        let statuses = [CheckStatus.passed, .blocked, .unknown, .skipped].map {
            ($0.rawValue, JSONValue.int(conclusion.count(of: $0)))
        }
        return .object(JSONObject(severities + statuses))
    }

    /// Gathering is concurrent, so gaps come in any order.
    private var sortedGaps: [JSONValue] {
        conclusion.gaps.inReportOrder.map { gap in
            var members = JSONObject()
            members.addText("source", gap.source)
            members.addText("reason", gap.reason)
            members["locations"] = .array(gap.locations.map(Self.location))
            members.addText("remedy", gap.remedy)
            return .object(members)
        }
    }

    private static func target(_ target: RunTarget) -> JSONValue {
        var members = JSONObject()
        members.addText("role", target.role)
        members.addText("cluster", target.cluster)
        return .object(members)
    }

    private static func rootCause(_ root: RootCause) -> JSONValue {
        .object([
            "finding": .string(root.finding), "check": .string(root.check),
            "explains": .array(root.explains.map(JSONValue.string)),
            "blocks": .array(root.blocks.sorted().map(JSONValue.string)),
        ])
    }

    private static func check(_ result: CheckResult) -> JSONValue {
        var members: JSONObject = [
            "id": .string(result.id), "status": .string(result.status.rawValue),
            "seconds": seconds(result.seconds),
        ]
        members.addText("reason", result.reason)
        return .object(members)
    }

    /// To the millisecond; a number that JSON cannot hold becomes 0.
    private static func seconds(_ value: Double) -> JSONValue {
        guard value.isFinite else { return 0 }
        return .double((value * 1000).rounded() / 1000)
    }

    /// C1 controls and bidirectional overrides as escapes: the value stays, a terminal is safe.
    private static func escapingControls(in text: String) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            guard isHarmful(scalar) else {
                result.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        (0x7F..<0xA0).contains(scalar.value) || TerminalText.isDeceptive(scalar)
    }
}

// MARK: Findings

extension JSONRenderer {
    private static func finding(_ finding: ReportedFinding) -> JSONValue {
        var members: JSONObject = [
            "id": .string(finding.id), "check": .string(finding.check),
            "severity": .string(finding.severity.rawValue),
            "confidence": .string(finding.confidence.rawValue),
        ]
        members.addText("message", finding.message)
        members["object"] = object(of: finding)
        let logged = finding.sightings?.places.map(logLocation) ?? []
        members["locations"] = .array(finding.places.map { location($0.range) } + logged)
        members["evidence"] = .array(finding.evidence.map(evidence))
        members["fix"] = fix(finding.fix)
        members.addText("fingerprint", finding.fingerprint)
        if let sightings = finding.sightings {
            members["count"] = .int(sightings.count)
            members.addText("firstSeen", sightings.first.map(time))
            members.addText("lastSeen", sightings.last.map(time))
        }
        return .object(members)
    }

    /// RFC 3339 to the second.
    private static func time(_ seconds: Double) -> String {
        Date(timeIntervalSince1970: seconds.rounded(.down)).formatted(.iso8601)
    }

    private static func lines(_ count: LineCount) -> JSONValue {
        .object([
            "total": .int(count.total), "explained": .int(count.explained),
            "unexplained": .int(count.unexplained),
        ])
    }

    private static func logLocation(_ place: Sightings.Place) -> JSONValue {
        .object([
            "file": .string(Masking.masked(place.file)), "line": .int(place.line), "column": 1,
            "endLine": .int(place.line), "endColumn": .int(place.length + 1),
        ])
    }

    private static func object(of finding: ReportedFinding) -> JSONValue {
        var members = JSONObject()
        members.addText("cluster", finding.cluster)
        members.addText("kind", finding.object.kind)
        members.addText("namespace", finding.object.namespace)
        members.addText("name", finding.object.name)
        return .object(members)
    }

    private static func location(_ range: SourceRange) -> JSONValue {
        let start = range.start
        let end = range.end
        return .object([
            "file": .string(Masking.masked(range.source.name)),
            "line": .int(start.line), "column": .int(start.column),
            "endLine": .int(end.line), "endColumn": .int(end.column),
        ])
    }

    private static func evidence(_ item: EvidenceItem) -> JSONValue {
        var members = JSONObject()
        members.addText("source", item.source)
        members.addText("what", item.what)
        members.addText("command", item.command)
        return .object(members)
    }

    private static func fix(_ fix: ReportedFinding.Fix) -> JSONValue? {
        let (kind, text, advice): (String, String, String?) =
            switch fix {
            case .patch(let text): ("patch", text, nil)
            case .command(let text, let advice): ("command", text, advice)
            case .text(let text): ("text", text, nil)
            }
        guard !text.isEmpty else { return nil }
        var members = JSONObject()
        members.addText("kind", kind)
        members.addText("text", text)
        members.addText("advice", advice)
        return .object(members)
    }
}

extension JSONObject {
    /// Adds text without its credentials; text that is absent or empty is left out.
    mutating func addText(_ name: String, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        members.append(Member(name, .string(Masking.masked(text))))
    }
}
