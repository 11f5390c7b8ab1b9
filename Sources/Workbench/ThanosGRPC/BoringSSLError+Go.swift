import NIOSSL

extension BoringSSLError {
    /// What Go's `crypto/tls` says in such a case.
    ///
    /// BoringSSL's own text names the files that it was built from.
    var goText: String {
        let text = "\(self)"
        return Self.goTexts.first { text.contains($0.reason) }?.text ?? "tls: handshake failure"
    }

    /// By BoringSSL's reasons; those with an alert are what the other side complains of.
    private static let goTexts: [(reason: String, text: String)] = [
        ("EOF during", "EOF"),
        ("CERTIFICATE_VERIFY_FAILED", "tls: failed to verify certificate"),
        ("WRONG_VERSION_NUMBER", "tls: first record does not look like a TLS handshake"),
        ("ALERT_BAD_CERTIFICATE", "remote error: tls: bad certificate"),
        ("ALERT_CERTIFICATE_EXPIRED", "remote error: tls: expired certificate"),
        ("ALERT_CERTIFICATE_REQUIRED", "remote error: tls: certificate required"),
        ("ALERT_CERTIFICATE_UNKNOWN", "remote error: tls: unknown certificate"),
        ("ALERT_HANDSHAKE_FAILURE", "remote error: tls: handshake failure"),
        ("ALERT_INTERNAL_ERROR", "remote error: tls: internal error"),
        ("ALERT_NO_APPLICATION_PROTOCOL", "remote error: tls: no application protocol"),
        ("ALERT_PROTOCOL_VERSION", "remote error: tls: protocol version not supported"),
        ("ALERT_UNKNOWN_CA", "remote error: tls: unknown certificate authority"),
    ]
}
