package import Diagnosis

/// One check with the folder that it was found in.
package struct CatalogueEntry: Sendable {
    package let component: String
    package let folder: String
    package let check: Check

    package init(component: String, folder: String, check: Check) {
        self.component = component
        self.folder = folder
        self.check = check
    }
}

/// All checks, found by their folders when the project is built, and the graph of their causes.
package enum Catalogue {
    package static let entries: [CatalogueEntry] = index

    package static let all: [Check] = entries.map(\.check)

    /// Which fault causes which, over every known id.
    package static let causes = CauseGraph(text: causesText)

    package static func entry(_ id: String) -> CatalogueEntry? {
        entries.first { $0.check.id == id }
    }

    /// Every fault that is known, with or without a check.
    package static let known: [KnownFault] = mandatoryText.split(separator: "\n").compactMap {
        KnownFault(line: $0)
    }
}

/// A fault of the pipeline that is known to happen: a line of `catalogue.txt`.
package struct KnownFault: Sendable {
    package let id: String
    package let severity: String
    package let tier: String
    package let summary: String

    init?(line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4, !line.hasPrefix("#") else { return nil }
        (id, severity, tier, summary) = (fields[0], fields[1], fields[2], fields[3])
    }
}
