import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

/// The series by which an agent's data is looked for centrally.
@Suite("The series that an agent should deliver")
struct ExpectedSeriesTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let rules: String
        let series: String?

        var testDescription: String { name }
    }

    private static let plain = #"up{cluster="edge",replica="a"}"#

    private static let rows = [
        Row(name: "no rules", rules: "[]", series: plain),
        Row(
            name: "a drop of other names",
            rules: "[{action: drop, source_labels: [__name__], regex: go_.*}]", series: plain),
        Row(
            name: "a keep of other names",
            rules: "[{action: keep, source_labels: [__name__], regex: node_.*}]", series: nil),
        Row(
            name: "a keep of this cluster",
            rules: "[{action: keep, source_labels: [cluster, __name__], regex: edge;(up|node_.*)}]",
            series: plain),
        Row(
            name: "the replica's label is dropped",
            rules: "[{action: labeldrop, regex: replica}]", series: #"up{cluster="edge"}"#),
        Row(
            name: "the cluster is spelled otherwise",
            rules: "[{action: uppercase, source_labels: [cluster], target_label: cluster}]",
            series: #"up{cluster="EDGE",replica="a"}"#),
        Row(
            name: "a keep of jobs that are not known",
            rules: "[{action: keep, source_labels: [job], regex: node}]", series: nil),
        Row(
            name: "a label that is made of the job",
            rules: "[{source_labels: [job], target_label: team}]", series: plain),
        Row(
            name: "a cluster that is made of the job",
            rules: "[{source_labels: [job], target_label: cluster}]", series: nil),
        Row(
            name: "a share of the series by their hash",
            rules: """
                [{action: hashmod, source_labels: [__name__], modulus: 2, target_label: __tmp},
                 {action: keep, source_labels: [__tmp], regex: "0"}]
                """, series: nil),
        Row(
            name: "another name",
            rules: "[{target_label: __name__, replacement: edge_up}]", series: nil),
        Row(
            name: "a rule that Prometheus refuses",
            rules: "[{action: keep, source_labels: [__name__], regex: (}]", series: nil),
    ]

    @Test("is up with the external labels, as write_relabel_configs leave them", arguments: rows)
    func relabelled(_ row: Row) throws {
        #expect(try series(row.rules) == row.series)
    }

    @Test("has the labels on which all targets agree, each by rules of its own")
    func severalTargets() throws {
        let otherwise = "[{action: uppercase, source_labels: [cluster], target_label: cluster}]"
        #expect(try series("[]", otherwise) == #"up{replica="a"}"#)
        #expect(try series(otherwise, otherwise) == #"up{cluster="EDGE",replica="a"}"#)
        let shorter = "[{action: labeldrop, regex: replica}]"
        #expect(try series(otherwise, shorter) == nil)
    }

    /// The series of an agent with a target for each list of rules.
    private func series(_ rules: String...) throws -> String? {
        let targets = rules.map { rules in
            """
              - url: http://receiver:19291/api/v1/receive
                write_relabel_configs: \(rules.replacing("\n", with: "\n        "))
            """
        }
        let text = """
            global: {external_labels: {cluster: edge, replica: a, pod: "${POD}"}}
            remote_write:
            \(targets.joined(separator: "\n"))
            scrape_configs: []
            """
        let document = try #require(
            MarkedReader.stream(SourceText(name: "prometheus.yml", text: text)).documents.first)
        let agent = try #require(
            Pipeline(
                Objects([]), configurations: [PrometheusConfiguration(document)]
            ).agents.first)
        return agent.expectedSeries
    }
}
