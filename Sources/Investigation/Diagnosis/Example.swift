/// A small bundle of evidence on which a check must fire, or stay silent.
///
/// Files are separated by `-- name --` lines, as the gatherers would have seen them; a
/// `# <-- finding` stands on each line that a finding must point to, and is removed first.
package struct Example: Sendable {
    package enum Expectation: Sendable { case fires, staysSilent }

    package let name: String
    package let expectation: Expectation
    package let bundle: String

    package static func triggers(_ name: String, _ bundle: String) -> Example {
        Example(name: name, expectation: .fires, bundle: bundle)
    }

    package static func passes(_ name: String, _ bundle: String) -> Example {
        Example(name: name, expectation: .staysSilent, bundle: bundle)
    }
}
