import CurlHTTP
import FoundationEssentials
import RemoteWrite
import SnappyCodec
import TimeSeries

/// Sends samples as the incident's agent would, and says what came of it.
struct SyntheticWrite: Sendable {
    let traffic: StageDescription.Traffic

    /// The status of the answer, or the kind of failure: `refused`.
    func outcome() async -> String {
        let host = URL(string: traffic.url)?.host() ?? ""
        guard LabNetwork.isLoopback(host) else { return "nothing: \(host) is not on loopback" }
        let series = (0..<10).map { index in
            SeriesSamples(
                labels: [
                    SeriesLabel("__name__", "thanosctl_lab_samples_total"),
                    SeriesLabel("series", "\(index)"),
                ],
                samples: [
                    Sample(
                        timestamp: Int64(Date().timeIntervalSince1970 * 1000),
                        value: Double(index))
                ])
        }
        var headers: HTTPHeaders = [
            "Content-Encoding": "snappy", "Content-Type": "application/x-protobuf",
            "X-Prometheus-Remote-Write-Version": "0.1.0",
        ]
        for (name, value) in traffic.headers { headers.append(name, value) }
        let request = HTTPRequest(
            .post, traffic.url, headers: headers,
            body: SnappyBlock.encode(WriteRequest.encode(series)), proxy: .none)
        do throws(TransportFailure) {
            return "\(try await CurlClient().send(request).status)"
        } catch {
            return error.kind == .refused ? "refused" : "\(error)"
        }
    }
}
