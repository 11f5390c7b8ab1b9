import HTTPServing

/// The tenant that a request or a series belongs to.
enum TenantName {
    /// A name that Thanos, or only we, do not accept.
    struct Refusal: Error {
        /// The text of 0.41; from 0.42 on it begins with a small letter.
        let message = "Tenant name not valid"
    }

    /// Thanos' own header, read when the configured one is missing.
    private static let fallbackHeader = "THANOS-TENANT"

    /// The tenant of a request, not yet checked (`GetTenantFromHTTP` in pkg/tenancy).
    static func unchecked(in headers: ServedHeaders, settings: WriteSettings) -> String {
        for name in [settings.tenantHeader, fallbackHeader] {
            if let value = headers[name].map(trimmed), !value.isEmpty { return value }
        }
        return settings.defaultTenantID
    }

    /// Refuses what is more than one path component.
    ///
    /// Thanos lets `.` and `..` pass and then writes outside its folder; here they are refused.
    static func check(_ tenant: String) throws(Refusal) {
        guard tenant == SlashPath.base(tenant), tenant != ".", tenant != "..", tenant != "/"
        else { throw Refusal() }
    }

    private static func trimmed(_ value: String) -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let front = value.drop(while: isBlank)
        return String(front.reversed().drop(while: isBlank).reversed())
    }
}
