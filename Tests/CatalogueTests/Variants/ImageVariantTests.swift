import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel
import Testing

/// An image is Thanos wherever it is pulled from, and its release is what its tag says, or nobody's
/// guess.
@Suite("Images from elsewhere")
struct ImageVariantTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let image: String
        /// Nil where nothing states it.
        let release: String?

        var testDescription: String { image }

        var variant: Variant {
            Variant(
                testDescription: image,
                edits: [.init("quay.io/thanos/thanos:v0.37.2", image)])
        }
    }

    private static let digest = "@sha256:" + String(repeating: "7f", count: 32)

    private static let rows = [
        Row(image: "quay.io/thanos/thanos" + digest, release: nil),
        Row(image: "quay.io/thanos/thanos:v0.37.2" + digest, release: "v0.37.2"),
        Row(
            image: "registry.example.com:5000/mirror/quay.io/thanos/thanos:v0.37.2",
            release: "v0.37.2"),
        Row(image: "harbor.example.com/proxy/thanos:0.37.2", release: "v0.37.2"),
        Row(image: "docker.io/bitnami/thanos:0.37.2-debian-12-r3", release: "v0.37.2"),
        Row(image: "quay.io/thanos/thanos:main-2026-08-22-e103a81", release: nil),
    ]

    @Test("are receivers, of the release that the tag states", arguments: rows)
    func recognised(_ row: Row) throws {
        for source in Variant.Source.allCases {
            let groups = try row.variant.snapshot(source).views.flatMap(\.pipeline.receivers)
            #expect(groups.map(\.reference.name) == ["thanos-receiver"])
            #expect(groups.map { $0.version.map { "\($0)" } } == [row.release])
        }
    }

    @Test("are not blamed for where they come from", arguments: rows, Variant.Source.allCases)
    func healthy(_ row: Row, _ source: Variant.Source) throws {
        #expect(try row.variant.conclusion(source).complaints == [])
    }

    @Test("a flag that is too young is an error of a release that is stated", arguments: rows)
    func youngFlag(_ row: Row) throws {
        let young = Variant.Edit(
            "\"--log.level=info\"", "\"--log.level=info\",\"--shipper.upload-concurrency=1\"")
        let conclusion = try row.variant.conclusion(.manifests, with: young)
        #expect(
            conclusion.faults == (row.release == nil ? [] : ["receive-flag-rejected"]),
            "\(conclusion.complaints)")
    }
}
