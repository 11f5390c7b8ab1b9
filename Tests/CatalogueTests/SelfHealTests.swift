import CheckCatalogue
import Diagnosis
import Evidence
import Testing

@Suite("Argo CD that takes changes back")
struct SelfHealTests {
    private func advice(selfHeal: Bool) throws -> String {
        let check = try #require(Catalogue.entry("receiver-oomkilled")?.check)
        let example = try #require(check.examples.first)
        let application = """

            -- cluster/application.yaml --
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: thanos, namespace: argocd}
            spec: {syncPolicy: {automated: {selfHeal: \(selfHeal)}}}
            status:
              resources:
                - {kind: StatefulSet, name: receiver, namespace: monitoring, status: Synced}
            """
        let conclusion = Conclusion(
            judging: ExampleBundle(example.bundle + application).snapshot, with: [check],
            causes: CauseGraph(text: ""))
        let finding = try #require(conclusion.findings.first)
        guard case .command(_, let advice?) = finding.fix else { return "" }
        return advice
    }

    @Test("is named where a command would not last")
    func heals() throws {
        #expect(try advice(selfHeal: true).contains("Application thanos takes back"))
    }

    @Test("is not named where a change stays")
    func leaves() throws {
        #expect(try !advice(selfHeal: false).isEmpty)
        #expect(try !advice(selfHeal: false).contains("Argo CD"))
    }
}
