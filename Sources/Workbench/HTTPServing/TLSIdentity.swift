import NIOCore
import NIOSSL

/// The certificate chain and key that a server shows, as PEM text.
package struct TLSIdentity: Sendable {
    /// The server's own certificate first.
    package var certificateChainPEM: String
    package var privateKeyPEM: String

    package init(certificateChainPEM: String, privateKeyPEM: String) {
        self.certificateChainPEM = certificateChainPEM
        self.privateKeyPEM = privateKeyPEM
    }
}

extension TLSIdentity {
    /// HTTP/1.1 is all that is offered, so that clients with ALPN do not expect HTTP/2.
    func serverContext() throws(ServingError) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificateChainPEM.utf8))
            let key = try NIOSSLPrivateKey(bytes: Array(privateKeyPEM.utf8), format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.applicationProtocols = ["http/1.1"]
            // A client that is gone does not answer the goodbye (NIOSSL waits 5 s for it).
            configuration.shutdownTimeout = .milliseconds(200)
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw ServingError(
                code: .badCertificate, message: "certificate or key is not usable: \(error)")
        }
    }
}
