import Glibc

/// Scheme, host and port of an absolute URL, as far as connecting needs them.
package struct URLParts: Sendable, Hashable {
    package var scheme: String
    /// Without the brackets of an IPv6 address.
    package var host: String
    package var port: Int
    /// Path and query, `/` at least.
    package var path: String

    package init?(_ url: String) {
        guard let colon = url.firstRange(of: "://") else { return nil }
        scheme = url[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https", !url.utf8.contains(where: { $0 <= 0x20 })
        else { return nil }
        let rest = url[colon.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        let tail = rest[end...].prefix { $0 != "#" }
        path = tail.hasPrefix("/") ? String(tail) : "/" + tail
        let authority = rest[..<end]
        let start = authority.lastIndex(of: "@").map(authority.index(after:))
        guard let (host, port) = Self.split(authority[(start ?? authority.startIndex)...]) else {
            return nil
        }
        self.host = host
        self.port = port ?? (scheme == "https" ? 443 : 80)
    }

    /// The host is this machine itself: nothing is gained by a proxy or by compression.
    package var isLoopback: Bool { IPAddressText.isLoopback(host) }

    /// The host as a URL spells it: IPv6 addresses in brackets.
    package var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

    private static func split(_ text: Substring) -> (String, Int?)? {
        let host: Substring
        var port = text[text.endIndex...]
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<close]
            port = text[text.index(after: close)...]
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = text[colon...]
        } else {
            host = text
        }
        guard !host.isEmpty else { return nil }
        guard !port.isEmpty else { return (String(host), nil) }
        guard port.hasPrefix(":") else { return nil }
        guard port.count > 1 else { return (String(host), nil) }
        guard let number = Int(port.dropFirst()), (1...65535).contains(number) else { return nil }
        return (String(host), number)
    }
}

/// Numeric addresses, told from names.
enum IPAddressText {
    static func isValid(_ text: String) -> Bool {
        var storage = in6_addr()
        return inet_pton(AF_INET, text, &storage) == 1 || inet_pton(AF_INET6, text, &storage) == 1
    }

    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && isValid(host))
    }
}
