import FoundationEssentials
import HTTPServing
import KubernetesEmulator
import MarkedYAML
import Testing

/// The recorded answers of a real API server (`fixtures/apiserver`).
struct Recording: Sendable {
    /// One request and what the real server said.
    struct Exchange: Sendable, CustomTestStringConvertible {
        let number: Int
        let request: ServedRequest
        let status: Int
        let contentType: String
        let body: JSONValue

        var testDescription: String {
            let query = request.rawQuery.isEmpty ? "" : "?\(request.rawQuery)"
            return "\(number) \(request.method) \(request.rawPath)\(query)"
        }
    }

    /// One kubectl command and what it printed.
    struct Command: Sendable, CustomTestStringConvertible {
        let line: String
        let output: String

        var testDescription: String { line }
    }

    let exchanges: [Exchange]
    let commands: [Command]

    static let shared: Recording? = try? Recording()

    private init() throws {
        let path = packageRoot + "/fixtures/apiserver/apiserver.json"
        let bytes = try Array(Data(contentsOf: URL(filePath: path)))
        let whole = try JSONReader.document(SourceText(name: path, bytes: bytes))
        exchanges = (whole["answers"]?.items ?? []).enumerated().map { number, entry in
            let headers = (entry["request"]?["headers"]?.entries ?? []).map {
                (name: $0.key.scalarText ?? "", value: $0.value.scalarText ?? "")
            }
            let answer = entry["response"]
            return Exchange(
                number: number,
                request: ServedRequest(
                    method: entry["request"]?["method"]?.string ?? "",
                    target: entry["request"]?["path"]?.string ?? "", headers: headers),
                status: answer?["status"]?.int ?? 0,
                contentType: answer?["headers"]?["Content-Type"]?.string ?? "",
                body: answer?["body"]?.plainValue ?? .null)
        }
        commands = (whole["kubectl"]?.items ?? []).map {
            Command(line: $0["command"]?.string ?? "", output: $0["stdout"]?.string ?? "")
        }
    }
}

/// Where the package stands, whatever directory the tests run in.
let packageRoot: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
}()
