package import CurlHTTP

/// What a probe is to find out.
package enum ProbePurpose: String, Sendable, Hashable, CaseIterable {
    /// An empty POST to the remote-write path; see `RemoteWriteVerdict`.
    case remoteWrite
    /// GET `/-/healthy`
    case health
    /// GET `/-/ready`
    case ready
    /// The port accepts connections; what it speaks is not looked at.
    case tcpOnly
}

/// One thing to probe, with everything that is known about it beforehand.
package struct ProbeTarget: Sendable {
    /// `http`, `https`, or `tcp://HOST:PORT` for `tcpOnly`; the path may be left out.
    package var url: String
    package var purpose: ProbePurpose
    /// Names whose addresses the cluster knows already; these are never asked of DNS.
    package var addresses: [String: String]
    package var tls: TLSOptions

    package init(
        url: String, purpose: ProbePurpose, addresses: [String: String] = [:],
        tls: TLSOptions = TLSOptions()
    ) {
        self.url = url
        self.purpose = purpose
        self.addresses = addresses
        self.tls = tls
    }
}

/// Where a probe went.
package struct ProbeEndpoint: Sendable, Hashable {
    package enum Scheme: String, Sendable, Hashable { case http, https, tcp }

    package var scheme: Scheme
    package var host: String
    package var port: Int
    package var path: String

    package init(scheme: Scheme, host: String, port: Int, path: String = "/") {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
    }
}

/// What may be contacted at all.
package struct ProbePolicy: Sendable, Hashable {
    package var isEnabled: Bool
    /// When not empty, addresses outside are never contacted and unknown names not looked up.
    package var only: [CIDR]
    /// The remote-write POST leaves a line in the receiver's log, so it can be left out.
    package var sendsHandshake: Bool
    package var usesProxy: Bool

    package init(
        isEnabled: Bool = true, only: [CIDR] = [], sendsHandshake: Bool = true,
        usesProxy: Bool = false
    ) {
        self.isEnabled = isEnabled
        self.only = only
        self.sendsHandshake = sendsHandshake
        self.usesProxy = usesProxy
    }
}
