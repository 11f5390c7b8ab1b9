import HTTPServing

/// Loads what the TLS flags of a port name (`NewServerConfig` in pkg/tls/options.go).
///
/// Thanos reads a certificate again when its file changes; here a new one takes a restart.
struct ReceiverTLS {
    let flags: TLSFlags
    let files: LocalFiles
    let log: ReceiverLog

    /// Nil when the port speaks plainly.
    func load() throws(StartFailure) -> ServerTLS? {
        guard !flags.certificateFile.isEmpty || !flags.keyFile.isEmpty else {
            guard flags.clientAuthorityFile.isEmpty else {
                throw failure(
                    "when a client CA is used a server key and certificate must also be provided")
            }
            info("options.go:29", "disabled TLS, key and cert must be set to enable")
            return nil
        }
        info("options.go:33", "enabling server side TLS")
        guard !flags.certificateFile.isEmpty, !flags.keyFile.isEmpty else {
            throw failure("both server key and certificate must be provided")
        }
        guard let version = TLSDemands.Version(rawValue: flags.minimumVersion) else {
            throw failure(
                "invalid TLS version: \(flags.minimumVersion), "
                    + "valid values are 1.0, 1.1, 1.2, 1.3")
        }
        let identity = try identity()
        var demands = TLSDemands(minimumVersion: version)
        if !flags.clientAuthorityFile.isEmpty {
            demands.clientAuthorityPEM = try clientAuthority()
            info("options.go:75", "server TLS client verification enabled")
        }
        return ServerTLS(identity: identity, demands: demands)
    }

    private func identity() throws(StartFailure) -> TLSIdentity {
        let identity = TLSIdentity(
            certificateChainPEM: try read(flags.certificateFile, wrap: "server credentials"),
            privateKeyPEM: try read(flags.keyFile, wrap: "server credentials"))
        do throws(TLSFault) {
            try identity.check()
        } catch {
            throw failure(error.goText, "server credentials")
        }
        return identity
    }

    /// Thanos goes on without TLS when no certificate is in the file; we do not start.
    private func clientAuthority() throws(StartFailure) -> String {
        let path = SlashPath.cleaned(flags.clientAuthorityFile)
        let text = try read(path, wrap: "reading client CA")
        guard TLSDemands.isAuthority(text) else {
            throw failure("no certificate in \(path)", "building client CA")
        }
        return text
    }

    private func read(_ path: String, wrap: String) throws(StartFailure) -> String {
        do throws(LocalFiles.Failure) {
            return try files.readPEM(path)
        } catch {
            throw failure(error.message, wrap)
        }
    }

    private func failure(_ texts: String...) -> StartFailure {
        StartFailure(.preparing, texts: texts + flags.wraps)
    }

    private func info(_ caller: String, _ message: String) {
        log(
            .info, caller: caller, ("component", "receive"), ("protocol", flags.protocolName),
            ("msg", message))
    }
}
