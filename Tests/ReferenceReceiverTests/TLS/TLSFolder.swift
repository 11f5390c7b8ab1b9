import FoundationEssentials
import HTTPServing

@testable import ReferenceReceiver

/// Certificates in a folder that is shown as `/tls`: `cert.pem`, `key.pem`, `ca.pem` and others.
final class TLSFolder {
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let authority = try CertificateAuthority(commonName: "authority")
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

    var files: LocalFiles {
        LocalFiles(mappings: [PathMapping(shown: "/tls", real: folder.path())])
    }
}
