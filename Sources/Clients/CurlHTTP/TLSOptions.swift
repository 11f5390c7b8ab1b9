/// Whom to trust and who to be, for one request.
package struct TLSOptions: Sendable, Hashable {
    /// PEM; replaces the system's authorities, and does not add to them, as in kubectl and Go.
    package var authorities: [UInt8]?
    package var clientCertificate: ClientCertificate?
    /// The name asked for in SNI and looked for in the certificate, instead of the URL's host.
    package var serverName: String?
    package var skipsVerification: Bool

    package init(
        authorities: [UInt8]? = nil, clientCertificate: ClientCertificate? = nil,
        serverName: String? = nil, skipsVerification: Bool = false
    ) {
        self.authorities = authorities
        self.clientCertificate = clientCertificate
        self.serverName = serverName
        self.skipsVerification = skipsVerification
    }
}

/// A client certificate and its private key, both PEM; the key is never printed.
package struct ClientCertificate: Sendable, Hashable {
    package var certificate: [UInt8]
    package var key: [UInt8]

    package init(certificate: [UInt8], key: [UInt8]) {
        self.certificate = certificate
        self.key = key
    }
}

extension ClientCertificate: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    package var description: String { "client certificate (\(certificate.count) bytes)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
