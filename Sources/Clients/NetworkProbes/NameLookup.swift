import Glibc

/// Asks this machine's resolver for the addresses of a name.
package enum NameLookup {
    package enum Answer: Sendable, Hashable {
        case addresses([IPAddress])
        /// The resolver works, and the name does not exist.
        case unknown
        /// The resolver itself failed or said nothing: that tells nothing about the name.
        case failed(String)
    }

    package static func addresses(
        of name: String, within limit: Duration
    ) async -> Answer {
        await BlockingPool.shared.value(within: limit) { blocking(name) }
            ?? .failed("this machine's DNS did not answer in time")
    }

    private static func blocking(_ name: String) -> Answer {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        switch code {
        case 0: break
        // No such name, and a name without addresses (glibc's EAI_NODATA).
        case EAI_NONAME, -5: return .unknown
        default: return .failed(String(cString: gai_strerror(code)).lowercased())
        }
        var found: [IPAddress] = []
        var entry = list
        while let current = entry?.pointee {
            if let address = address(current), !found.contains(address) { found.append(address) }
            entry = current.ai_next
        }
        return found.isEmpty ? .unknown : .addresses(found)
    }

    private static func address(_ info: addrinfo) -> IPAddress? {
        guard let pointer = info.ai_addr else { return nil }
        switch info.ai_family {
        case AF_INET:
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin_addr) { IPAddress(bytes: Array($0)) }
            }
        case AF_INET6:
            return pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin6_addr) { IPAddress(bytes: Array($0)) }
            }
        default: return nil
        }
    }
}
