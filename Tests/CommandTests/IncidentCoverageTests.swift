import FoundationEssentials
import MarkedYAML
import Testing

/// What the lab can stage, held against the catalogue.
@Suite("Incidents and the catalogue")
struct IncidentCoverageTests {
    /// The faults that an incident is about, and whether it has a repaired twin.
    private static func faults(of incident: String) throws -> Set<String> {
        let folder = Project.fixture("incidents/\(incident)")
        guard FileManager.default.fileExists(atPath: "\(folder)/repaired") else { return [] }
        let text = try String(contentsOfFile: "\(folder)/incident.yaml", encoding: .utf8)
        let node = YAMLReader.stream(SourceText(name: incident, text: text)).documents.first
        let named = (node?["roots"]?.items ?? []) + (node?["symptoms"]?.items ?? [])
        let root = node?["root"]?.string
        return Set(named.compactMap(\.string) + [root].compactMap(\.self))
    }

    @Test("every fault of the first report and of the first tier has an incident and its twin")
    func covered() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Project.fixture("incidents"))
        var staged: Set<String> = []
        for name in names where name != "README.md" {
            staged.formUnion(try Self.faults(of: name))
        }
        let catalogue = try String(
            contentsOfFile: "\(Project.root)/checks/catalogue.txt", encoding: .utf8)
        var wanted: [String] = []
        for line in catalogue.split(separator: "\n") {
            let fields = line.split(separator: "\t")
            if fields.count == 4, fields[2] == "P0" || fields[2] == "P1" {
                wanted.append(String(fields[0]))
            }
        }
        #expect(wanted.count == 42)
        #expect(wanted.filter { !staged.contains($0) } == [])
    }
}
