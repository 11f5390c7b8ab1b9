import HTTPServing
import KubernetesEmulator
import MarkedYAML
import Testing

@Suite("answers of the recorded API server")
struct RecordedAnswersTests {
    /// What is not reproduced, and why.
    private static let excluded: [Int: String] = [
        0: "names another build", 4: "names another address",
        5: "lists groups that hold nothing we serve; compared below",
        57: "the recorder's stand-in for a kubelet kept no log for this pod",
    ]

    private static var exchanges: [Recording.Exchange] {
        Recording.shared?.exchanges.filter { excluded[$0.number] == nil } ?? []
    }

    @Test("are there to be compared with")
    func recordingIsThere() {
        #expect(Self.exchanges.count == 59)
        #expect(Recording.shared?.commands.count == 13)
    }

    @Test("are given by the emulator", arguments: exchanges)
    func areReproduced(exchange: Recording.Exchange) async throws {
        let recording = try #require(Recording.shared)
        let server = EmulatedAPIServer(cluster: try RecordedWorld.cluster(of: recording))
        let response = await server.respond(to: exchange.request)
        #expect(response.status == exchange.status)
        #expect(response.header("Content-Type") == exchange.contentType)
        let text = await response.text
        switch exchange.body {
        case .string(let expected) where exchange.request.query("watch") != nil:
            #expect(try text.jsonLines == expected.jsonLines)
        case .string(let expected):
            #expect(text == expected)
        case .null, .bool, .int, .double, .array, .object:
            let actual = try JSONReader.document(SourceText(name: "answer", text: text))
            #expect(
                comparable(actual.plainValue, exchange) == comparable(exchange.body, exchange))
        }
    }

    @Test("list the same groups where both know a group")
    func groupsAgree() async throws {
        let recording = try #require(Recording.shared)
        let server = EmulatedAPIServer(cluster: try RecordedWorld.cluster(of: recording))
        let response = await server.respond(to: recording.exchanges[5].request)
        let text = await response.text
        let actual = try JSONReader.document(SourceText(name: "answer", text: text)).plainValue
        let theirs = Set(recording.exchanges[5].body.array("groups"))
        let names = Set(theirs.compactMap { $0.string("name") }).subtracting(["cilium.io"])
        let ours = actual.array("groups").filter { names.contains($0.string("name") ?? "") }
        #expect(ours.count >= 9)
        #expect(Set(ours.map(\.sorted)).subtracting(theirs.map(\.sorted)) == [])
    }

    /// Columns are described by the real server only, and short names of custom resources are
    /// those of the real CRDs, which the recorded ones lacked.
    private func comparable(_ value: JSONValue, _ exchange: Recording.Exchange) -> JSONValue {
        var ignored: Set<String> = []
        if value.string("kind") == "Table" { ignored.insert("description") }
        if exchange.number == 8 || exchange.number == 62 {
            ignored.formUnion(["shortNames", "categories"])
        }
        var value = value.without(ignored).sorted
        if exchange.number == 62, case .object(var list) = value {
            // Only the kind that was recorded; we serve more of Argo CD.
            let known = list["resources"].map { JSONValue.object(["resources": $0]) } ?? .null
            list["resources"] = .array(
                known.array("resources").filter {
                    $0.string("name")?.hasPrefix("applications/") == true
                        || $0.string("name") == "applications"
                })
            value = .object(list)
        }
        return value
    }
}

extension ServedResponse {
    /// The whole body as text.
    var text: String {
        get async {
            switch body {
            case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
            case .segments(let segments):
                return String(decoding: Array(segments.joined()), as: UTF8.self)
            case .stream(let stream):
                var all: [UInt8] = []
                for await bytes in stream { all += bytes }
                return String(decoding: all, as: UTF8.self)
            }
        }
    }
}

extension String {
    /// One JSON document a line, in a form that can be compared.
    fileprivate var jsonLines: [JSONValue] {
        get throws {
            try split(separator: "\n").map {
                try JSONReader.document(SourceText(name: "line", text: String($0)))
                    .plainValue.sorted
            }
        }
    }
}
