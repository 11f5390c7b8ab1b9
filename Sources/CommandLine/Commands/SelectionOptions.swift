import ArgumentParser
import CheckCatalogue
import Diagnosis

/// Which checks take part.
struct SelectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Run only these: ids, components or globs, separated by commas. Repeatable.",
            valueName: "check"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Leave these out. Repeatable.", valueName: "check"))
    var skip: [String] = []

    func checks(of all: [CatalogueEntry] = Catalogue.entries) throws -> [Check] {
        let wanted = try entries(only, of: all)
        let unwanted = Set(try entries(skip, of: all).map(\.check.id))
        let chosen = (only.isEmpty ? all : wanted)
            .filter { !unwanted.contains($0.check.id) }
        guard !chosen.isEmpty else {
            throw UsageError("--only and --skip leave no check to run")
        }
        var seen: Set<String> = []
        return chosen.map(\.check).filter { seen.insert($0.id).inserted }
    }

    private func entries(
        _ patterns: [String], of all: [CatalogueEntry]
    ) throws -> [CatalogueEntry] {
        let patterns = patterns.flatMap { $0.split(separator: ",").map(String.init) }
        return try patterns.flatMap { pattern in
            if let problem = Self.problem(with: pattern, among: all) { throw UsageError(problem) }
            return Self.entries(matching: pattern, among: all)
        }
    }

    /// What is wrong with a pattern that names no check.
    static func problem(
        with pattern: String, among all: [CatalogueEntry] = Catalogue.entries
    ) -> String? {
        guard entries(matching: pattern, among: all).isEmpty else { return nil }
        let known = all.map(\.check.id)
        return "unknown check '\(pattern)'\(Suggestion.nearest(to: pattern, among: known))"
    }

    private static func entries(
        matching pattern: String, among all: [CatalogueEntry]
    ) -> [CatalogueEntry] {
        all.filter { entry in
            entry.component == pattern || Glob(pattern).matches(entry.check.id)
        }
    }
}

/// A pattern in which `*` stands for anything.
struct Glob {
    private let parts: [Substring]

    init(_ pattern: String) {
        parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    }

    func matches(_ text: String) -> Bool {
        guard let first = parts.first, let last = parts.last, text.hasPrefix(first) else {
            return false
        }
        guard parts.count > 1 else { return text == first }
        var rest = text.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.count >= last.count && rest.hasSuffix(last)
    }
}
