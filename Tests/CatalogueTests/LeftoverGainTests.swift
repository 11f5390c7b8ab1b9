import CheckCatalogue
import Diagnosis
import Evidence
import Testing

@Suite("What the removal of leftovers frees")
struct LeftoverGainTests {
    private static func finding(in name: String) throws -> Finding {
        let check = try #require(Catalogue.entry("edge-leftover-full-prometheus")?.check)
        let example = try #require(check.examples.first { $0.name == name })
        return try #require(check.findings(in: ExampleBundle(example.bundle).snapshot).first)
    }

    @Test(
        "volumes are counted as the cluster has them, else as the manifests ask for them",
        arguments: [
            ("its claims are larger and more than its template says", "300 GiB of volumes"),
            ("the volumes of a manifest", "100 GiB of volumes"),
        ])
    func volumes(example: String, text: String) throws {
        #expect(try Self.finding(in: example).message.contains(text))
    }

    @Test("the claims that scaling down left behind are named as well, and deleted by nobody else")
    func claims() throws {
        let repair = try Self.finding(
            in: "its claims are larger and more than its template says"
        ).repair
        #expect(
            repair?.text?.contains("the claims data-prometheus-k8s-0, data-prometheus-k8s-1,")
                == true)
        #expect(repair?.command?.contains("kubectl -n monitoring delete") == true)
        #expect(repair?.command?.contains("pvc") == false)
    }
}
