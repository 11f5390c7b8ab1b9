import FoundationEssentials
import HTTPServing

@testable import ReferenceReceiver

/// Certificates in a folder that is shown as `/tls`: `cert.pem`, `key.pem`, `ca.pem` and others.
final class TLSFolder: Sendable {
    let authority: CertificateAuthority
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        authority = try CertificateAuthority(commonName: "authority")
        let identity = try authority.identity(for: ["127.0.0.1"])
        try write(identity.certificateChainPEM, to: "cert.pem")
        try write(identity.privateKeyPEM, to: "key.pem")
        try write(authority.certificatePEM, to: "ca.pem")
        try write(try authority.identity(for: ["x"]).privateKeyPEM, to: "other-key.pem")
        try write("nothing\n", to: "nothing.pem")
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    /// Writes `NAME.pem` and `NAME-key.pem`.
    func write(_ identity: TLSIdentity, as name: String) throws {
        try write(identity.certificateChainPEM, to: "\(name).pem")
        try write(identity.privateKeyPEM, to: "\(name)-key.pem")
    }

    var mapping: PathMapping { PathMapping(shown: "/tls", real: folder.path()) }

    var files: LocalFiles { LocalFiles(mappings: [mapping]) }
}
