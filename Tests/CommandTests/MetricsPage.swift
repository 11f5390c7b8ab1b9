import CurlHTTP
import Testing

/// A page in the text format of Prometheus.
struct MetricsPage {
    private let lines: [Substring]

    init(of url: String) async throws {
        let page = try await CurlClient().send(HTTPRequest(.get, url, proxy: .none))
        try #require(page.status == 200, "\(url) answers \(page.status)")
        lines = String(decoding: page.body, as: UTF8.self).split(separator: "\n")
    }

    /// Over all label sets that hold the given pairs.
    func sum(_ name: String, _ labels: [String] = []) -> Double {
        lines.filter { line in
            (line.hasPrefix("\(name){") || line.hasPrefix("\(name) "))
                && labels.allSatisfy(line.contains)
        }.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }
}
