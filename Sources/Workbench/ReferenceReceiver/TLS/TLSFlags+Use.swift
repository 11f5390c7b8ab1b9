import HTTPServing
import ReceiveFlags
import ThanosGRPC

extension ServerOptions {
    /// Speaks TLS where the flags ask for it.
    mutating func apply(_ tls: ServerTLS?) {
        guard let tls else { return }
        self.tls = tls.identity
        demands = tls.demands
    }
}

extension ServerSecurity {
    init(_ tls: ServerTLS?) {
        guard let tls else {
            self = .plaintext
            return
        }
        self = .tls(tls.identity, clientAuthorityPEM: tls.demands.clientAuthorityPEM)
    }
}

extension PeerOptions {
    /// How other nodes are dialled (`StoreClientGRPCOpts` in pkg/extgrpc).
    init(_ flags: ParsedReceiveFlags, files: LocalFiles) throws(StartFailure) {
        self.init()
        compresses = flags.text(of: "--receive.grpc-compression") != "none"
        guard flags.isOn("--remote-write.client-tls-secure") else { return }
        var tls = TLS()
        tls.authorityPEM = try Self.pem("--remote-write.client-tls-ca", flags, files)
        tls.serverName = flags.text(of: "--remote-write.client-server-name")
            .flatMap { $0.isEmpty ? nil : $0 }
        tls.skipsVerification = flags.isOn("--remote-write.client-tls-skip-verify")
        let certificate = try Self.pem("--remote-write.client-tls-cert", flags, files)
        let key = try Self.pem("--remote-write.client-tls-key", flags, files)
        if let certificate, let key {
            tls.identity = TLSIdentity(certificateChainPEM: certificate, privateKeyPEM: key)
        } else if certificate != nil || key != nil {
            throw StartFailure(.preparing, "both client key and certificate must be provided")
        }
        self.tls = tls
    }

    private static func pem(
        _ flag: String, _ flags: ParsedReceiveFlags, _ files: LocalFiles
    ) throws(StartFailure) -> String? {
        guard let path = flags.text(of: flag), !path.isEmpty else { return nil }
        do throws(LocalFiles.Failure) {
            return try files.readPEM(path)
        } catch {
            throw StartFailure(.preparing, error.message, "reading \(flag.dropFirst(2))")
        }
    }
}
