import CheckCatalogue
import Diagnosis
import Evidence
import MarkedYAML
import Testing

/// One example of one check, as a row of a test.
struct JudgedExample: Sendable, CustomTestStringConvertible {
    let check: Check
    let example: Example

    static let all: [JudgedExample] = Catalogue.all.flatMap { check in
        check.examples.map { JudgedExample(check: check, example: $0) }
    }

    var testDescription: String { "\(check.id): \(example.name)" }

    var bundle: ExampleBundle { ExampleBundle(example.bundle) }

    func findings(in snapshot: Snapshot) -> [Finding] { check.findings(in: snapshot) }
}

extension Check {
    /// What it finds in all views of a snapshot.
    func findings(in snapshot: Snapshot) -> [Finding] {
        snapshot.views.flatMap { view -> [Finding] in
            switch judge(snapshot, view) {
            case .judged(let findings, gaps: _): findings
            case .notJudged: []
            }
        }
    }
}

/// The lines of one file, for comparing what is marked with what was flagged.
struct Flag: Hashable, CustomStringConvertible {
    let file: String
    let line: Int

    var description: String { "\(file):\(line)" }
}

extension ExampleBundle {
    var marks: Set<Flag> {
        Set(files.flatMap { file in file.markedLines.map { Flag(file: file.name, line: $0) } })
    }
}

extension Finding {
    /// The line to which its first place points.
    var flag: Flag? {
        places.first.map { Flag(file: $0.range.source.name, line: $0.range.start.line) }
    }
}
