import Glibc

/// The `openssl` program: certificates made on the spot, and servers that use them.
package enum OpenSSL {
    package static var isInstalled: Bool { access("/usr/bin/openssl", X_OK) == 0 }

    /// Runs it to its end; a failure carries what it printed.
    package static func run(_ arguments: [String], in folder: TemporaryFolder) throws {
        let child = try ChildProcess(arguments, in: folder)
        let output = child.readAll()
        guard child.wait() == 0 else { throw LoopbackServer.Failure(step: output) }
    }

    /// `NAME.pem` and `NAME.key`: a certificate of its own authority, valid for 127.0.0.1.
    package static func makeCertificate(
        _ name: String, names: String = "IP:127.0.0.1", days: Int = 2,
        in folder: TemporaryFolder
    ) throws {
        try run(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-keyout", "\(name).key", "-out", "\(name).pem", "-days", "\(days)",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(names)",
            ], in: folder)
    }

    /// `NAME.pem` and `NAME.key` whose validity ended on the first day of 2020.
    package static func makeExpiredCertificate(
        _ name: String, in folder: TemporaryFolder
    ) throws {
        try run(
            [
                "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", "\(name).key", "-out", "\(name).csr", "-subj", "/CN=\(name)",
            ], in: folder)
        try folder.write("\(name).serial", "01\n")
        try folder.write("\(name).index", "")
        try folder.write(
            "\(name).cnf",
            """
            [ca]
            default_ca = own
            [own]
            database = \(name).index
            serial = \(name).serial
            new_certs_dir = .
            default_md = sha256
            policy = any
            x509_extensions = ext
            [any]
            commonName = supplied
            [ext]
            subjectAltName = IP:127.0.0.1
            """)
        try run(
            [
                "ca", "-batch", "-selfsign", "-config", "\(name).cnf", "-keyfile", "\(name).key",
                "-in", "\(name).csr", "-out", "\(name).pem", "-notext",
                "-startdate", "20190101000000Z", "-enddate", "20200101000000Z",
            ], in: folder)
    }
}
