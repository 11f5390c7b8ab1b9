import CheckCatalogue
import Diagnosis
import Testing

@Suite("Laws of the catalogue")
struct LawsTests {
    /// Every known failure has its check.
    static let mandatory = Catalogue.known.map(\.id)

    @Test("An id is unique, and never the id of another folder")
    func idsAreUnique() {
        let ids = Catalogue.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(!ids.isEmpty)
    }

    @Test("An id is the name of its folder in kebab case", arguments: Catalogue.all.map(\.id))
    func idsAreFolders(id: String) {
        #expect(Catalogue.entry(id)?.folder == id)
        #expect(id.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil)
    }

    @Test("A check has examples that fire and examples that stay silent", arguments: Self.checks)
    func examplesOfBothKinds(check: Check) {
        let kinds = check.examples.map(\.expectation)
        #expect(kinds.contains(.fires))
        #expect(kinds.contains(.staysSilent))
        #expect(Set(check.examples.map(\.name)).count == check.examples.count)
    }

    @Test("Why and fix are sentences, the summary is none", arguments: Self.checks)
    func textsAreSentences(check: Check) {
        for text in [check.why, check.fix] {
            #expect(text.hasSuffix("."))
            #expect(text.count >= 40)
            #expect(text.first?.isLowercase == false)
        }
        #expect(!check.summary.hasSuffix("."))
        #expect(!check.references.isEmpty)
        #expect(!check.needs.isEmpty)
    }

    @Test("A check has the severity that the catalogue gives it", arguments: Self.checks)
    func severitiesAreTheCatalogues(check: Check) throws {
        let known = try #require(Catalogue.known.first { $0.id == check.id })
        #expect(known.severity == check.severity.rawValue)
    }

    @Test("Every fault of the catalogue has its check", arguments: mandatory)
    func everyFaultHasItsCheck(id: String) {
        #expect(Catalogue.entry(id) != nil)
    }

    @Test("The graph of causes names only known faults")
    func causesAreKnown() {
        let known = Set(Catalogue.known.map(\.id))
        #expect(known.count == 97)
        #expect(Catalogue.causes.ids.subtracting(known).isEmpty)
    }

    @Test("The graph of causes has no cycle")
    func causesHaveNoCycle() {
        #expect(Catalogue.causes.cycle == nil)
        #expect(!Catalogue.causes.ids.isEmpty)
    }

    private static let checks = Catalogue.all
}

extension Check: CustomTestStringConvertible {
    package var testDescription: String { id }
}
