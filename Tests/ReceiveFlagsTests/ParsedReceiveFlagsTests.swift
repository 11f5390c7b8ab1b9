import ReceiveFlags
import Testing

@Suite("Arguments of thanos receive")
struct ParsedReceiveFlagsTests {
    @Test("keep for every flag where it and its value stand")
    func places() throws {
        let flags = ParsedReceiveFlags(arguments: [
            "receive", "--tsdb.path=/var/thanos/receive", "--receive.replication-factor", "3",
            "--no-tsdb.wal-compression",
        ])
        #expect(flags.problems.isEmpty)
        #expect(flags.command == "receive")
        let path = try #require(flags.occurrence(of: "--tsdb.path"))
        #expect(path.argumentIndex == 1)
        #expect(path.valueArgumentIndex == 1)
        #expect(path.value == "/var/thanos/receive")
        let factor = try #require(flags.occurrence(of: "--receive.replication-factor"))
        #expect(factor.argumentIndex == 2)
        #expect(factor.valueArgumentIndex == 3)
        #expect(flags.replicationFactor == 3)
        #expect(!flags.isOn("--tsdb.wal-compression"))
    }

    @Test("have Thanos' defaults when nothing is given")
    func defaults() {
        let flags = ParsedReceiveFlags(arguments: [])
        #expect(flags.remoteWriteAddress == "0.0.0.0:19291")
        #expect(flags.httpAddress == "0.0.0.0:10902")
        #expect(flags.grpcAddress == "0.0.0.0:10901")
        #expect(flags.tsdbPath == "./data")
        #expect(flags.tsdbRetention == .seconds(15 * 86_400))
        #expect(flags.hashringsAlgorithm == "hashmod")
        #expect(flags.replicationFactor == 1)
        #expect(flags.defaultTenantID == "default-tenant")
        #expect(flags.tenantHeader == "THANOS-TENANT")
        #expect(flags.localEndpoint == nil)
        #expect(flags.mode == .ingestorOnly)
    }

    @Test("accept the default of every flag as its value", arguments: ReceiveFlagSpec.all)
    func acceptsDefaults(spec: ReceiveFlagSpec) throws {
        guard let text = spec.defaultText, spec.kind != .boolean else { return }
        let flags = ParsedReceiveFlags(arguments: ["\(spec.name)=\(text)"])
        #expect(flags.problems.isEmpty)
        #expect(flags.text(of: spec.name) == text)
    }

    @Test("are refused in kingpin's words", arguments: RefusedArguments.all)
    func refused(row: RefusedArguments) throws {
        let flags = ParsedReceiveFlags(arguments: row.arguments)
        let problem = try #require(flags.problems.first)
        #expect(problem.code == row.code)
        #expect(problem.message == row.message)
        #expect(problem.argumentIndex == row.index)
        #expect(problem.stage == row.stage)
    }

    @Test("go on after a problem, so that all of them are known")
    func collectsAll() {
        let flags = ParsedReceiveFlags(arguments: [
            "--receive.hashring-file=/x", "--tsdb.retention=2 hours", "--tsdb.path=/data",
        ])
        #expect(flags.problems.map(\.code) == [.unknownFlag, .badDuration])
        #expect(flags.tsdbPath == "/data")
        #expect(flags.tsdbRetention == nil)
    }

    @Test("may come from any release unless one is named")
    func releases() {
        let arguments = ["--receive.capnproto-address=0.0.0.0:1"]
        #expect(ParsedReceiveFlags(arguments: arguments).problems.isEmpty)
        let old = ParsedReceiveFlags(arguments: arguments, release: ThanosRelease(0, 36))
        #expect(old.problems.map(\.message) == ["unknown long flag '--receive.capnproto-address'"])
        let removed = ["--shipper.ignore-unequal-block-size"]
        #expect(
            ParsedReceiveFlags(arguments: removed, release: ThanosRelease(0, 41)).problems.isEmpty)
        #expect(
            ParsedReceiveFlags(arguments: removed, release: ThanosRelease(0, 42)).problems
                .map(\.code) == [.unknownFlag])
    }

    @Test("decide the mode from ring and local endpoint")
    func modes() {
        let ring = "--receive.hashrings=[]"
        let local = "--receive.local-endpoint=a:10901"
        #expect(ParsedReceiveFlags(arguments: [ring]).mode == .routerOnly)
        #expect(ParsedReceiveFlags(arguments: [ring, local]).mode == .routerIngestor)
        #expect(ParsedReceiveFlags(arguments: [local]).mode == .ingestorOnly)
    }

    @Test("carry labels in Go's quotes")
    func labels() {
        let flags = ParsedReceiveFlags(arguments: [
            "--label=receive_replica=\"$(POD)\"", "--label", "a=`b`", "--label=c=\"\\u00e9\\n\"",
        ])
        #expect(flags.problems.isEmpty)
        #expect(flags.labels.map(\.name) == ["receive_replica", "a", "c"])
        #expect(flags.labels.map(\.value) == ["$(POD)", "b", "é\n"])
    }
}

/// Arguments that Thanos does not accept, and what it says.
struct RefusedArguments: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let code: FlagProblem.Code
    let message: String
    var index = 0
    var stage = FlagProblem.Stage.splitting

    var testDescription: String { arguments.joined(separator: " ") }

    static let all = splitting + reading + preparing

    private static let splitting = [
        RefusedArguments(
            arguments: ["--receive.hashring-file", "/etc/x"], code: .unknownFlag,
            message: "unknown long flag '--receive.hashring-file'"),
        RefusedArguments(
            arguments: ["receive", "--no-tsdb.path"], code: .unknownFlag,
            message: "unknown long flag '--no-tsdb.path'", index: 1),
        RefusedArguments(
            arguments: ["-x"], code: .unknownFlag, message: "unknown short flag '-x'"),
        RefusedArguments(
            arguments: ["--tsdb.path"], code: .missingValue,
            message: "expected argument for flag '--tsdb.path'"),
        RefusedArguments(
            arguments: ["--tsdb.path", "--log.level=info"], code: .missingValue,
            message: "expected argument for flag '--tsdb.path'"),
        RefusedArguments(
            arguments: ["--tsdb.no-lockfile=false"], code: .unexpectedArgument,
            message: "unexpected false"),
        RefusedArguments(
            arguments: ["receive", "extra"], code: .unexpectedArgument,
            message: "unexpected extra", index: 1),
    ]

    private static let reading = [
        RefusedArguments(
            arguments: ["--receive.hashrings-algorithm=x"], code: .badEnum,
            message: "enum value must be one of hashmod,ketama, got 'x'", stage: .reading),
        RefusedArguments(
            arguments: ["--tsdb.retention=15"], code: .badDuration,
            message: "not a valid duration string: \"15\"", stage: .reading),
        RefusedArguments(
            arguments: ["--tsdb.retention="], code: .badDuration,
            message: "empty duration string", stage: .reading),
        RefusedArguments(
            arguments: ["--receive.replication-factor=-1"], code: .badNumber,
            message: "strconv.ParseUint: parsing \"-1\": invalid syntax", stage: .reading),
        RefusedArguments(
            arguments: ["--tsdb.path=/a", "--tsdb.path=/b"], code: .repeated,
            message: "flag 'tsdb.path' cannot be repeated", index: 1, stage: .reading),
    ]

    private static let preparing = [
        RefusedArguments(
            arguments: ["--label=replica"], code: .badLabel,
            message: "unrecognized label \"replica\"", stage: .preparing),
        RefusedArguments(
            arguments: ["--label=replica=0"], code: .badLabel, message: "invalid syntax",
            stage: .preparing),
    ]
}
