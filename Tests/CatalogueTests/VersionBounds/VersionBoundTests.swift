import CheckCatalogue
import Diagnosis
import Evidence
import LogSignatures
import Testing

/// What changes between releases of Thanos is expected of those releases only.
@Suite("Facts that hold for some releases")
struct VersionBoundTests {
    private static let bounds =
        VersionBound.answers + VersionBound.rings + VersionBound.storage + VersionBound.flags

    @Test("a check says what is right for each side of the bound", arguments: bounds)
    func bothSides(_ bound: VersionBound) throws {
        try expect(bound.says.before, not: bound.says.after, of: bound.before, in: bound)
        try expect(bound.says.after, not: bound.says.before, of: bound.after, in: bound)
    }

    private func expect(
        _ words: String?, not others: String?, of side: VersionBound.Side, in bound: VersionBound
    ) throws {
        let found = try bound.findings(side).map(\.words)
        guard let words else {
            #expect(found.isEmpty, "\(side.tag)")
            return
        }
        #expect(found.contains { $0.contains(words) }, "\(side.tag): \(found)")
        if let others, others != words {
            #expect(!found.contains { $0.contains(others) }, "\(side.tag): \(found)")
        }
    }

    @Test(
        "of a release that is not stated no more is said than a hint, and that it is one",
        arguments: bounds.filter { !$0.isWrongAnyway })
    func unstated(_ bound: VersionBound) throws {
        let known = Set(
            try [bound.before, bound.after].flatMap { try bound.findings($0).map(\.message) })
        for side in bound.unstated {
            for finding in try bound.findings(side) {
                #expect(finding.severity == .info && finding.confidence != .certain)
                #expect(!known.contains(finding.message), "\(side.tag): \(finding.message)")
            }
        }
    }

    @Test("a line of a log has the cause and the releases that it has", arguments: WrittenLine.all)
    func lines(_ line: WrittenLine) throws {
        var scanner = LogScanner()
        scanner.begin("log")
        scanner.append(Array(line.text.utf8))
        scanner.finish()
        let sighting = try #require(scanner.tally.sightings.first)
        let signature = LogSignature.all[sighting.key]
        #expect(signature.cause == line.cause)
        #expect(sighting.value.traces.map { signature.traces[$0].versions } == [line.releases])
    }
}
