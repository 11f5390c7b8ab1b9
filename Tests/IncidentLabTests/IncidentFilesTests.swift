import LoopbackServer
import Testing

@testable import IncidentLab

@Suite("The files of an incident")
struct IncidentFilesTests {
    private static let description = """
        title: something
        now: 2026-11-20T12:00:00Z
        root: missing-fsgroup
        symptoms: [receiver-crashloop]
        """

    @Test("the twin has the files that differ, and not those that were removed")
    func twin() {
        let files = IncidentFiles(texts: [
            "cluster/a.yaml": "a", "cluster/b.yaml": "b", "repaired/cluster/a.yaml": "mended",
            "repaired/removed.txt": "cluster/b.yaml\nlogs/none.log\n",
            "repaired/cluster/new.yaml": "n",
        ])
        #expect(files.hasTwin)
        #expect(files.broken.texts == ["cluster/a.yaml": "a", "cluster/b.yaml": "b"])
        #expect(files.repaired.texts == ["cluster/a.yaml": "mended", "cluster/new.yaml": "n"])
    }

    @Test("an incident stands on its base, and so does its twin")
    func base() throws {
        let folder = try TemporaryFolder()
        try folder.write("calm/incident.yaml", Self.description)
        try folder.write("calm/cluster/a.yaml", "a")
        try folder.write("calm/cluster/b.yaml", "b")
        try folder.write("storm/incident.yaml", Self.description + "\nbase: calm")
        try folder.write("storm/cluster/a.yaml", "broken")
        try folder.write("storm/removed.txt", "cluster/b.yaml\n")
        try folder.write("storm/repaired/cluster/b.yaml", "b")
        try folder.write("high/incident.yaml", Self.description + "\nbase: storm")
        let library = try IncidentLibrary(folders: [folder.path])
        let storm = try library.incident("storm").files
        #expect(storm.broken["cluster/a.yaml"] == "broken" && storm["cluster/b.yaml"] == nil)
        #expect(storm.repaired["cluster/a.yaml"] == "broken")
        #expect(storm.repaired["cluster/b.yaml"] == "b")
        #expect(throws: LabError.self) { try library.incident("high") }
    }

    @Test("a folder of the user's own adds to the library, and replaces by name")
    func folders() throws {
        let folder = try TemporaryFolder()
        try folder.write("mine/incident.yaml", Self.description)
        try folder.write("healthy/incident.yaml", Self.description)
        try folder.write("no-incident/notes.txt", "")
        let library = try IncidentLibrary(folders: [folder.path])
        #expect(library.names.contains("mine") && library.names.contains("tsdb-permission-denied"))
        #expect(!library.names.contains("no-incident"))
        #expect(
            try library.incident("mine").faults == [
                Incident.Fault(root: "missing-fsgroup", symptoms: ["receiver-crashloop"])
            ])
        #expect(try library.incident("healthy").title == "something")
        #expect(throws: LabError.self) { try library.incident("nothing") }
        #expect(throws: LabError.self) { try IncidentLibrary(folders: ["\(folder.path)/none"]) }
    }

    @Test(
        "what is missing from incident.yaml is named",
        arguments: [
            ("", "title or now missing"), ("title: x\n", "title or now missing"),
            ("title: [\n", "incident.yaml:2:"),
            (
                "title: x\nnow: 2026-11-20T12:00:00Z\nroots: [a, b]\nsymptoms: {c: [d]}\n",
                "symptoms of 'c', which is none of its roots"
            ),
        ])
    func malformed(text: String, says: String) {
        let error = #expect(throws: LabError.self) {
            try Incident(name: "mine", files: IncidentFiles(texts: ["incident.yaml": text]))
        }
        #expect(error?.code == .malformedIncident)
        #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("mine") == true)
    }
}
