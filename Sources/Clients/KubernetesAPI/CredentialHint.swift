import CurlHTTP
import Glibc

extension ClusterConnection {
    /// Why a 401 came, when it can be told from this side: the certificate's own dates.
    func credentialHint(now: Int64) -> String? {
        guard let client = tls.clientCertificate,
            let validity = CertificateValidity(pem: client.certificate)
        else { return authorizationHint }
        if validity.notAfter < now {
            return "the client certificate of \(userInWords) expired on "
                + validity.lastDay
        }
        if validity.notBefore > now {
            return "the client certificate of \(userInWords) is valid only from "
                + validity.firstDay
        }
        return nil
    }

    private var userInWords: String { user.isEmpty ? "this user" : "user \(user)" }

    private var authorizationHint: String? {
        switch authorization {
        case .none: "\(userInWords) has no credentials in the kubeconfig"
        case .bearer: "the token of \(userInWords) is wrong or has expired"
        case .basic: "API servers since 1.19 take no user name and password"
        case .signatureV4: nil
        }
    }
}

extension Int64 {
    /// Seconds since 1970.
    static var now: Int64 { Int64(time(nil)) }
}
