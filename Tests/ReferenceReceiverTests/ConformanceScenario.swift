import FoundationEssentials
import Testing

/// One conversation with a real receiver.
struct ConformanceScenario: Sendable, Decodable, CustomTestStringConvertible {
    struct Step: Sendable, Decodable {
        let request: Request
        let response: Response
    }

    struct Request: Sendable, Decodable {
        let method: String
        let path: String
        let headers: [String: String]
        let bodyBase64: String

        var body: [UInt8] { Data(base64Encoded: bodyBase64).map(Array.init) ?? [] }
    }

    struct Response: Sendable, Decodable {
        let status: Int
        let body: String
        let headers: [String: String]
    }

    let id: String
    let nodes: Int
    /// The letters of nodes that are not started.
    let down: String?
    let args: [String]
    let hashrings: String?
    let limits: String?
    let ready: Bool
    let exitCode: Int?
    let steps: [Step]
    let log: [String]

    var testDescription: String { id }

    static func recorded() throws -> [ConformanceScenario] {
        struct Recording: Decodable {
            let scenarios: [ConformanceScenario]
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = Fixture.url("receive-conformance/receive-conformance.json")
        return try decoder.decode(Recording.self, from: Data(contentsOf: file)).scenarios
    }

    /// One that refused to start is `FatalStartTests`'.
    static func answered() throws -> [ConformanceScenario] {
        try recorded().filter(\.ready)
    }
}

/// The nodes of a scenario, on addresses that no other run has.
struct ScenarioNodes {
    private static let letters = ["A", "B", "C"]
    /// 127.x.y, of which each node takes one address with its real ports.
    private let network = "127.\(Int.random(in: 1...254)).\(Int.random(in: 0...255))"
    private let scenario: ConformanceScenario

    init(_ scenario: ConformanceScenario) {
        self.scenario = scenario
    }

    /// Those that run, A first.
    var running: [String] {
        Self.letters.prefix(scenario.nodes).filter { !(scenario.down ?? "").contains($0) }
    }

    private func host(of letter: String) -> String {
        "\(network).\((Self.letters.firstIndex(of: letter) ?? 0) + 1)"
    }

    private func grpcAddress(of letter: String) -> String { "\(host(of: letter)):10901" }

    func arguments(of letter: String, limitsFile: String) -> [String] {
        var arguments = scenario.args + ["--label=receive_replica=\"\(letter)\""]
        if scenario.limits != nil {
            arguments.append("--receive.limits-config-file=\(limitsFile)")
        }
        guard let hashrings = scenario.hashrings else { return arguments }
        let rings = Self.letters.reduce(hashrings) {
            $0.replacing("{\($1)}", with: grpcAddress(of: $1))
        }
        return arguments + [
            "--receive.hashrings=\(rings)", "--receive.local-endpoint=\(grpcAddress(of: letter))",
            "--grpc-address=\(grpcAddress(of: letter))",
        ]
    }

    /// The distinct reasons of a body: how many replicas had answered depends on timing.
    func reasons(in body: String) -> Set<String> {
        guard scenario.nodes > 1 else { return [body] }
        // "2 errors: …", or a single reason.
        let start = body.firstRange(of: " errors: ")?.upperBound ?? body.startIndex
        var text = body[start...].replacing("\n", with: "")
        for letter in Self.letters {
            text = text.replacing("{\(letter)}", with: "PEER")
                .replacing(grpcAddress(of: letter), with: "PEER")
                .replacing("\(host(of: letter)):19391", with: "127.0.0.1:19391")
        }
        return Set(text.split(separator: "; ").map(String.init))
    }
}

/// Files that tests read.
enum Fixture {
    static func url(_ path: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "fixtures/\(path)")
    }

    static func lines(_ path: String) throws -> [String] {
        try String(contentsOf: url(path), encoding: .utf8).split(separator: "\n").map(String.init)
    }
}
