import HTTPServing

/// Reads addresses as Go's `net.Listen("tcp", …)` does.
enum GoAddress {
    /// A port without a host means all addresses.
    static func listening(
        _ text: String, wraps: [String]
    ) throws(StartFailure) -> ListenAddress {
        guard let colon = text.lastIndex(of: ":") else {
            throw refusal(text, "missing port in address", wraps)
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            throw refusal(text, "too many colons in address", wraps)
        }
        let digits = text[text.index(after: colon)...]
        guard let port = UInt16(digits) else {
            throw StartFailure(
                .running, texts: ["listen tcp: address \(digits): invalid port"] + wraps)
        }
        return ListenAddress(host: host.isEmpty ? "0.0.0.0" : host, port: Int(port))
    }

    private static func refusal(
        _ text: String, _ reason: String, _ wraps: [String]
    ) -> StartFailure {
        StartFailure(.running, texts: ["listen tcp: address \(text): \(reason)"] + wraps)
    }
}
