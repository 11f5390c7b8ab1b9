import FoundationEssentials
import Hashrings
import LogSignatures
import MarkedYAML
import RemoteWrite
import SnappyCodec
import TSDBFormat
import Testing
import TimeSeries

@testable import ReferenceReceiver

/// Something that reads bytes from outside, and sound inputs to begin with.
enum FuzzTarget: String, CaseIterable, CustomTestStringConvertible {
    case remoteWrite = "remote-write"
    case remoteWriteV2 = "remote-write-v2"
    case forwarded = "forwarded-request"
    case hashrings
    case limits
    case log = "write-ahead-log"
    case logLines = "log-lines"

    var testDescription: String { rawValue }

    /// Reads the bytes to the end; whatever they are, it returns.
    func run(_ bytes: [UInt8]) {
        switch self {
        case .remoteWrite:
            guard let message = try? SnappyBlock.decode(bytes, limit: 1 << 20) else { return }
            walk(message)
        case .remoteWriteV2:
            guard let message = try? WriteRequestV2.translated(bytes, limit: 1 << 20) else {
                return
            }
            walk(message)
        case .forwarded:
            guard let request = try? ForwardedRequest(decoding: bytes) else { return }
            for part in request.parts { walk(part.message) }
        case .hashrings:
            let source = SourceText(name: "rings", bytes: bytes)
            guard let configuration = try? HashringConfiguration(json: source),
                configuration.rings.allSatisfy({ $0.endpoints.count <= 8 })
            else { return }
            _ = try? MultiHashring(
                configuration, flagAlgorithm: .hashmod, replicationFactor: 3
            ).placement(forTenant: "t").replicas(of: LabelSet([SeriesLabel("a", "b")]))
        case .limits:
            _ = try? WriteLimits(yaml: SourceText(name: "limits", bytes: bytes))
        case .log:
            var reader = WALReader(segment: bytes)
            while let record = try? reader.next() { _ = try? WALRecord(record) }
        case .logLines:
            var scanner = Self.scanner
            scanner.begin("log")
            let half = bytes.count / 2
            scanner.append(Array(bytes[..<half]))
            scanner.append(Array(bytes[half...]))
            scanner.finish()
        }
    }

    private func walk(_ message: [UInt8]) {
        guard let request = try? WriteRequest(decoding: message) else { return }
        request.forEachSeries { series in
            _ = series.labelFault()
            _ = series.labelSet()
            _ = series.usualLabels?.count
            series.forEachSample { _, _ in }
            series.forEachHistogram { _, _ in }
        }
    }
}

extension FuzzTarget {
    private static let scanner = LogScanner()

    private struct Recording: Decodable {
        struct Scenario: Decodable {
            struct Step: Decodable {
                struct Request: Decodable {
                    let body_base64: String
                }
                let request: Request
            }
            let steps: [Step]
            let hashrings: String?
            let limits: String?
        }
        let scenarios: [Scenario]
    }

    /// What real programs sent, or our own writers make.
    func corpus() throws -> [[UInt8]] {
        let file = Fixture.url("receive-conformance/receive-conformance.json")
        let scenarios = try JSONDecoder().decode(Recording.self, from: Data(contentsOf: file))
            .scenarios
        let bodies = scenarios.flatMap(\.steps).compactMap { step in
            Data(base64Encoded: step.request.body_base64).map(Array.init)
        }
        let messages = bodies.compactMap { try? SnappyBlock.decode($0, limit: 1 << 20) }
        switch self {
        case .remoteWrite: return bodies
        // The sample of the specification's own example, and messages of the other version.
        case .remoteWriteV2: return [Self.versionTwo] + messages
        case .forwarded: return messages.map { $0 + [0x12, 0x01, 0x74, 0x18, 0x01] }
        case .hashrings: return scenarios.compactMap { $0.hashrings.map { Array($0.utf8) } }
        case .limits: return scenarios.compactMap { $0.limits.map { Array($0.utf8) } }
        case .log: return [Self.segment]
        case .logLines:
            return LogSignature.all.flatMap(\.traces).map { Array("\($0.example)\n".utf8) }
        }
    }

    private static let versionTwo: [UInt8] =
        [0x22, 0x00, 0x22, 0x08] + Array("__name__".utf8) + [0x22, 0x02] + Array("up".utf8)
        + [0x2A, 0x14, 0x0A, 0x02, 0x01, 0x02, 0x12, 0x0E, 0x09, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F]
        + [0x10, 0x80, 0xD0, 0x95, 0xFF]

    /// Two pages of records of every kind that is written.
    private static let segment: [UInt8] = {
        var pages = WALPageWriter()
        var output: [UInt8] = []
        for round in 0..<40 {
            var series = SeriesRecord()
            var samples = SamplesRecord()
            for number in 1...50 as ClosedRange<UInt64> {
                series.append(reference: number, labels: LabelSet([SeriesLabel("n", "\(number)")]))
                samples.append(
                    reference: number, timestamp: Int64(round) * 15_000, value: Double(number))
            }
            _ = pages.append(series.bytes, compressing: round % 2 == 0, to: &output)
            _ = pages.append(samples.bytes, compressing: round % 2 == 0, to: &output)
        }
        return output
    }()
}

/// Files that tests read.
enum Fixture {
    static func url(_ path: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "fixtures/\(path)")
    }
}
