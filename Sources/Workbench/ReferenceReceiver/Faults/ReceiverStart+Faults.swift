import HTTPServing
import ReceiveFlags

extension ReceiverStart {
    /// Says what is wrong on purpose, so that nobody looks for the cause elsewhere.
    func warnOfFaults() {
        for text in own.faults.texts {
            log(
                .warn, caller: "reference-receiver", ("component", "receive"),
                ("msg", "misbehaving on purpose"), ("fault", text))
        }
    }

    /// A certificate with which nothing is wrong but its date, for who trusts its authority.
    func expiredTLS() throws(StartFailure) -> ServerTLS {
        let host = try GoAddress.listening(flags.remoteWriteAddress, wraps: []).host
        do {
            let authority = try CertificateAuthority(
                commonName: "authority of an expired certificate")
            let identity = try authority.identity(
                for: [host, "localhost", "127.0.0.1"], validity: .endedYesterday)
            log(
                .info, caller: "reference-receiver", ("component", "receive"),
                ("msg", "made a certificate that expired yesterday"),
                ("authority", authority.certificatePEM))
            return ServerTLS(identity: identity)
        } catch {
            throw StartFailure(.preparing, "\(error)", "make an expired certificate")
        }
    }
}
