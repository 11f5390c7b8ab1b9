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
        let lists = ["roots", "symptoms"].flatMap {
            node?[$0]?.items.compactMap(\.string) ?? []
        }
        return Set(lists + [node?["root"]?.string].compactMap(\.self))
    }

    @Test("every fault of the first report and of the first tier has an incident and its twin")
    func covered() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Project.fixture("incidents"))
        let staged = try names.filter { $0 != "README.md" }.map(Self.faults)
            .reduce(into: Set<String>()) { $0.formUnion($1) }
        let catalogue = try String(
            contentsOfFile: "\(Project.root)/checks/catalogue.txt", encoding: .utf8)
        let wanted = catalogue.split(separator: "\n").map { $0.split(separator: "\t") }
            .filter { $0.count == 4 && ["P0", "P1"].contains($0[2]) }.map { String($0[0]) }
        #expect(wanted.count == 42)
        #expect(wanted.filter { !staged.contains($0) } == [])
    }
}
