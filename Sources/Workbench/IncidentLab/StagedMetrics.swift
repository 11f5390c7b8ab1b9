import CurlHTTP
import Evidence
import HTTPServing
import KubernetesEmulator
import Synchronization

/// What pods answer through the API server's proxy: pages of the incident
/// (`metrics/NAMESPACE/POD.txt`, and `….later.txt` for the second look), else the receiver that is
/// staged for the pod, else an empty page.
///
/// A class because it remembers who was asked before.
final class StagedMetrics: Sendable {
    private let pages: [String: String]
    /// Where a staged receiver answers, by `NAMESPACE/POD`.
    private let receivers: [String: String]
    private let asked = Mutex<Set<String>>([])

    init(_ files: IncidentFiles, receivers: [String: String]) {
        let pages = files.below("metrics").map { ($0.path, Self.countingSeconds($0.text)) }
        self.pages = Dictionary(uniqueKeysWithValues: pages)
        self.receivers = receivers
    }

    /// Nil for what nobody stages.
    func answer(_ request: ProxiedRequest) async -> ServedResponse? {
        guard request.resource == "pods", request.path == "/metrics" else { return nil }
        let pod = "\(request.namespace)/\(request.address.name)"
        let wasAsked = asked.withLock { !$0.insert(pod).inserted }
        if let first = pages["metrics/\(pod).txt"] {
            let later = wasAsked ? pages["metrics/\(pod).later.txt"] : nil
            return Self.page(later ?? first)
        }
        guard let address = receivers[pod] else { return Self.page("") }
        let url = "http://\(address):\(request.port)/metrics"
        guard let response = try? await CurlClient().send(HTTPRequest(.get, url)) else {
            return nil
        }
        return ServedResponse(
            status: response.status, headers: [("Content-Type", Self.contentType)],
            body: .bytes(response.body))
    }

    /// A page whose times, `2026-11-20T05:00:20Z`, are seconds since 1970 as metrics have them.
    static func countingSeconds(_ page: String) -> String {
        page.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) { time in
            Timestamp.seconds(rfc3339: String(time.output)).map { "\(Int($0))" } ?? ""
        }
    }

    // client_golang's text format.
    private static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private static func page(_ text: String) -> ServedResponse {
        ServedResponse(
            status: 200, headers: [("Content-Type", contentType)], body: .bytes(Array(text.utf8)))
    }
}
