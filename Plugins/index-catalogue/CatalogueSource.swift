/// The Swift source that lists every check of a folder.
struct CatalogueSource {
    let text: String

    init(folder: String) throws(IndexError) {
        let tree = FileTree(root: folder)
        let checks = try Self.checks(in: tree)
        let entries = checks.map { check in
            """
                    CatalogueEntry(
                        component: "\(check.component)", folder: "\(check.id)", \
            check: .\(check.member)),\n
            """
        }
        text = """
            // Written by index-catalogue from the folders of the checks.
            import Diagnosis

            extension Catalogue {
                static let index: [CatalogueEntry] = [
            \(entries.joined())    ]

                static let causesText = \(SwiftLiteral(try tree.text(of: "causes.txt")))

                static let mandatoryText = \(SwiftLiteral(try tree.text(of: "catalogue.txt")))
            }

            """
    }

    private static func checks(in tree: FileTree) throws(IndexError) -> [CheckFolder] {
        var checks: [CheckFolder] = []
        for component in try tree.folders() {
            for id in try tree.folders(in: component) {
                // Git leaves empty folders behind; there is no check to miss in one.
                guard try !tree.files(in: "\(component)/\(id)").isEmpty else { continue }
                checks.append(try CheckFolder(component: component, id: id, in: tree))
            }
        }
        checks.sort { $0.id < $1.id }
        for (first, second) in zip(checks, checks.dropFirst()) where first.id == second.id {
            throw IndexError(
                place: tree.absolute("\(second.component)/\(second.id)"),
                "folder \"\(second.id)\" stands in \(first.component) too: "
                    + "an id is unique without its component")
        }
        return checks
    }
}
