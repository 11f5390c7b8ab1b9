import HTTPServing
import NIOCore
import NIOSSL

/// TLS towards one peer.
struct PeerSecurity: Sendable {
    private let context: NIOSSLContext
    /// Nil for an IP address: none is asked for, and the certificate has to name the address.
    private let serverName: String?

    init(_ options: PeerOptions.TLS, host: String) throws {
        context = try NIOSSLContext(configuration: .peer(options))
        let name = options.serverName ?? host
        serverName = PeerTarget.isNumeric(name) ? nil : name
    }

    /// Puts TLS before everything else on a channel.
    func secure(_ channel: any Channel) throws {
        try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(context: context, serverHostname: serverName))
    }
}

extension TLSConfiguration {
    fileprivate static func peer(_ options: PeerOptions.TLS) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = ["h2"]
        if options.skipsVerification {
            configuration.certificateVerification = .none
        }
        if let authority = options.authorityPEM {
            configuration.trustRoots = .certificates(
                try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
        }
        if let identity = options.identity {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(
                Array(identity.certificateChainPEM.utf8)
            ).map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(bytes: Array(identity.privateKeyPEM.utf8), format: .pem))
        }
        return configuration
    }
}
