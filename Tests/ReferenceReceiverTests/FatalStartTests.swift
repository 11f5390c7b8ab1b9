import FoundationEssentials
import ReferenceReceiver
import Testing

@Suite("A receiver that cannot start")
struct FatalStartTests {
    private static let path = "/etc/thanos-hashrings/hashrings.json"

    @Test("ends with the text that Thanos logs", arguments: FatalStart.all)
    func ends(start: FatalStart) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        if let content = start.hashringFile {
            try Data(content.utf8).write(to: file)
        }
        defer { try? FileManager.default.removeItem(at: file) }
        let ended = try await failedStart(
            start.arguments, isComplete: start.isComplete,
            mappings: [
                PathMapping(shown: Self.path, real: file.path()),
                PathMapping(shown: "/not/a/folder", real: "/proc/self"),
            ])
        #expect(ended.exitCode == 1)
        let error = try #require(ended.log.last.map { Logfmt($0) })
        #expect(error["level"] == "error")
        #expect(error["caller"] == start.caller)
        #expect(error["err"] == start.texts.joined(separator: "\n"))
    }

    @Test(
        "tells what a recorded one told, without its stack frames",
        arguments: [
            RecordedEnd(
                log: "receive-hashring-file-missing",
                arguments: ["--receive.hashrings-file=\(path)"]),
            RecordedEnd(
                log: "receive-hashring-file-unparsable",
                arguments: ["--receive.hashrings-file=\(path)"], hashringFile: ""),
            RecordedEnd(
                log: "receive-external-labels-missing",
                arguments: ["--tsdb.path=/var/thanos/receive"], isComplete: true),
            RecordedEnd(
                log: "receive-ketama-too-few-endpoints",
                arguments: [
                    "--receive.hashrings-algorithm=ketama", "--receive.replication-factor=3",
                    #"--receive.hashrings=[{"endpoints":["127.0.0.1:10901"]}]"#,
                ]),
            // As root nothing is denied, so the folder is one that takes no other; the rest must
            // be equal.
            RecordedEnd(
                log: "receive-tsdb-permission-denied",
                arguments: ["--tsdb.path=/var/thanos/receive"], takesNoFolder: true),
        ])
    func recorded(end: RecordedEnd) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        if let content = end.hashringFile { try Data(content.utf8).write(to: file) }
        defer { try? FileManager.default.removeItem(at: file) }
        var mappings = [PathMapping(shown: Self.path, real: file.path())]
        if end.takesNoFolder {
            mappings.append(PathMapping(shown: "/var/thanos/receive", real: "/proc/self"))
        }
        let ended = try await failedStart(
            end.arguments, isComplete: end.isComplete, mappings: mappings)
        let recorded = try Fixture.lines("receive-conformance/logs/\(end.log).log")
        let theirs = try #require(recorded.last.map { Logfmt($0) })
        let ours = try #require(ended.log.last.map { Logfmt($0) })
        #expect(ended.exitCode == 1)
        #expect(ours.fields.map(\.key) == theirs.fields.map(\.key))
        #expect(ours["caller"] == theirs["caller"])
        let expected = Logfmt.withoutFrames(try #require(theirs["err"]))
        let refusal = "default-tenant: no such file or directory"
        let text = ours["err"]?.replacing(refusal, with: "default-tenant: permission denied")
        let texts = text?.split(separator: "\n").map(String.init) ?? []
        // One recorded line was cut off in the middle of a stack frame.
        let whole = expected.filter { $0 != "main.set" }
        #expect(texts.starts(with: whole))
        #expect(texts.count == expected.count)
    }

    @Test("says which flag it does not know and ends with 2")
    func unknownFlag() async throws {
        let ended = try await failedStart(["--receive.hashring-file=/x"])
        #expect(ended.exitCode == 2)
        #expect(
            ended.log == (try Fixture.lines("receive-conformance/logs/receive-flag-unknown.log")))
    }

    @Test("says which value it does not accept and ends with 2")
    func badValue() async throws {
        let ended = try await failedStart(
            ["receive", "--receive.hashrings-algorithm=x"], isComplete: true)
        #expect(ended.exitCode == 2)
        #expect(
            ended.log == [
                "error parsing commandline arguments: "
                    + "[receive --receive.hashrings-algorithm=x]: "
                    + "enum value must be one of hashmod,ketama, got 'x'"
            ])
    }

    @Test("names the port that another process holds")
    func portInUse() async throws {
        try await runReceiver([]) { first in
            let address = "127.0.0.1:\(first.port(.remoteWrite))"
            let ended = try await failedStart(["--remote-write.address=\(address)"])
            #expect(ended.exitCode == 1)
            #expect(
                ended.log.last.map { Logfmt($0)["err"] }
                    == "listen tcp \(address): bind: address already in use\n"
                    + "error starting web server\nreceive command failed")
        }
    }
}

/// A start whose failure was recorded.
struct RecordedEnd: Sendable, CustomTestStringConvertible {
    let log: String
    let arguments: [String]
    var isComplete = false
    var hashringFile: String?
    var takesNoFolder = false

    var testDescription: String { log }
}

/// A start that fails, and the error's texts from the cause outwards.
struct FatalStart: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    let texts: [String]
    var hashringFile: String?
    var isComplete = false
    var caller = "main.go:159"

    var testDescription: String { name }

    private static let fileFlag = "--receive.hashrings-file=/etc/thanos-hashrings/hashrings.json"
    private static let preparing = "preparing receive command failed"
    private static let running = "receive command failed"

    static let all = [
        FatalStart(
            name: "empty list in a file", arguments: [fileFlag],
            texts: [
                "configuration file is empty",
                "failed to load configuration file, path: "
                    + "/etc/thanos-hashrings/hashrings.json",
                "failed to validate hashring configuration file", preparing,
            ], hashringFile: "[]"),
        FatalStart(
            name: "endpoint without address", arguments: [fileFlag],
            texts: [
                "configuration file is not parsable",
                "failed to parse configuration file: endpoint address must be set",
                "failed to validate hashring configuration file", preparing,
            ], hashringFile: #"[{"endpoints": [{"az": "a"}]}]"#),
        FatalStart(
            name: "bad inline JSON", arguments: ["--receive.hashrings=[x"],
            texts: [
                "invalid character 'x' looking for beginning of value",
                "failed to validate hashring configuration content", preparing,
            ]),
        FatalStart(
            name: "zone with hashmod",
            arguments: [#"--receive.hashrings=[{"endpoints":[{"address":"a:1","az":"z"}]}]"#],
            texts: [
                "Hashmod algorithm does not support AZ aware hashring configuration. "
                    + "Either use Ketama or remove AZ configuration.",
                "unable to create new hashring from config", running,
            ], caller: "main.go:185"),
        FatalStart(
            name: "label without quotes", arguments: ["--label=replica=0"],
            texts: ["invalid syntax", "unquote label value", "parse labels", preparing]),
        FatalStart(
            name: "folder that takes no other", arguments: ["--tsdb.path=/not/a/folder/data"],
            texts: [
                "mkdir /not/a/folder/data: no such file or directory",
                "create default tenant data dir: /not/a/folder/data/default-tenant",
                "create default tenant tsdb in /not/a/folder/data", preparing,
            ]),
        FatalStart(
            name: "address without port", arguments: ["--http-address=localhost"],
            texts: ["listen tcp: address localhost: missing port in address", running],
            caller: "main.go:185"),
    ]
}
