import CheckCatalogue
import Diagnosis

/// What stands beside a check for those who browse the code: the fault, and where its page is.
struct CheckNote {
    let text: String

    init(_ entry: CatalogueEntry) {
        let check = entry.check
        text = """
            # \(check.id)

            \(check.summary). **\(check.severity.rawValue)**, \(check.stage.rawValue).

            \(check.why)

            [What to do, causes, consequences and examples](../../../docs/checks/\(check.id).md)

            """
    }
}
