import FoundationEssentials
import Testing

/// Compares a text with the file of that name in `Goldens/` beside the test.
///
/// With `UPDATE_GOLDENS` in the environment the file is written instead, and the test fails, so
/// that a recording is never taken for a result.
package func expectGolden(
    _ actual: String, named name: String, file: String = #filePath, fileID: String = #fileID,
    line: Int = #line, column: Int = #column
) throws {
    let place = SourceLocation(fileID: fileID, filePath: file, line: line, column: column)
    let path = GoldenFolder(beside: file).path(of: name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
        try FileManager.default.createDirectory(
            atPath: GoldenFolder(beside: file).path, withIntermediateDirectories: true)
        try Data(actual.utf8).write(to: URL(filePath: path))
        Issue.record("recorded \(name)", sourceLocation: place)
        return
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
        Issue.record("no golden \(name): record it with UPDATE_GOLDENS=1", sourceLocation: place)
        return
    }
    let expected = String(decoding: bytes, as: UTF8.self)
    guard expected.utf8.elementsEqual(actual.utf8) == false else { return }
    Issue.record(
        "\(name) differs: \(firstDifference(expected, actual))\n\(actual)", sourceLocation: place)
}

/// The goldens that belong to a test file.
package struct GoldenFolder: Sendable {
    package let path: String

    package init(beside file: String) {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        path = folder.joined(separator: "/") + "/Goldens"
    }

    package func path(of name: String) -> String { "\(path)/\(name)" }

    /// The names of the files in it: one that no test compares is an orphan.
    package var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

private func firstDifference(_ expected: String, _ actual: String) -> String {
    let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let actual = actual.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, pair) in zip(expected, actual).enumerated() where pair.0 != pair.1 {
        return "line \(index + 1)\n  golden: \(pair.0)\n  actual: \(pair.1)"
    }
    return "the golden has \(expected.count) lines, this has \(actual.count)"
}
