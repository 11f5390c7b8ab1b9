import MarkedYAML
import TimeSeries

/// Answers where series of one tenant go, a JSON line for a JSON line.
package struct SeriesLocator: Sendable {
    private let placement: TenantPlacement
    /// The addresses of the ring's nodes as JSON strings.
    private let quotedAddresses: [String]

    /// Fails where every line would have the same error.
    package init(_ rings: MultiHashring, tenant: String) throws(HashringError) {
        placement = try rings.placement(forTenant: tenant)
        let ring = placement.ring
        try ring.requireFollowable()
        try ring.requireNodes(replicas: 0..<ring.replicationFactor)
        quotedAddresses = ring.endpoints.map { JSONValue.string($0.address.value).compact }
    }

    /// `{"hash": "…", "endpoints": […]}`, or `{"error": "…"}` for a line that cannot be read.
    package func answer(to line: [UInt8]) -> String {
        do throws(SeriesLine.Failure) {
            let hash = placement.hasher.hash(try SeriesLine(line).labels)
            let digits = String(hash, radix: 16)
            let padding = String(repeating: "0", count: 16 - digits.count)
            let endpoints = placement.ring.replicas(forHash: hash).map { quotedAddresses[Int($0)] }
            return "{\"hash\": \"\(padding)\(digits)\", "
                + "\"endpoints\": [\(endpoints.joined(separator: ", "))]}"
        } catch {
            return Self.refusal(error.message)
        }
    }

    /// The answer to a line that could not be read, or to every line when there is no ring.
    package static func refusal(_ message: String) -> String {
        "{\"error\": \(JSONValue.string(message).compact)}"
    }
}
