import HTTPServing
import ReceiveFlags

/// What a request to `/api/v1/status/tsdb` asks for (`getStats` in pkg/receive/handler.go).
struct TSDBStatusQuery: Hashable {
    enum Tenants: Hashable {
        case all
        /// Known or not: an unknown one has no status, which is no error.
        case one(String)
    }

    /// A parameter that Thanos does not accept.
    struct Refusal: Error {
        let message: String
    }

    /// `DefaultStatsLimit` of Thanos.
    private static let defaultLimit = 10

    let tenants: Tenants
    /// The length of each list; Thanos breaks off for a negative one, which here means none.
    let limit: Int

    init(_ request: ServedRequest, settings: WriteSettings) throws(Refusal) {
        let tenant = request.headers[settings.tenantHeader] ?? ""
        let isForAll = request.query("all_tenants") == "true"
        guard !isForAll || tenant.isEmpty else {
            throw Refusal(
                message: "using both the all_tenants parameter and the "
                    + "\(settings.tenantHeader) header is not supported")
        }
        limit = max(0, try Self.limit(request.query("limit") ?? ""))
        tenants =
            isForAll ? .all : .one(tenant.isEmpty ? settings.defaultTenantID : tenant)
    }

    private static func limit(_ text: String) throws(Refusal) -> Int {
        guard !text.isEmpty else { return defaultLimit }
        if let limit = Int(text) { return limit }
        let digits =
            text.utf8.first.map { "+-".utf8.contains($0) } == true
            ? text.utf8.dropFirst() : text.utf8[...]
        let isNumber = !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
        // The words of Go's `strconv.ParseInt`.
        throw Refusal(
            message: "unable to parse 'limit' parameter: strconv.ParseInt: parsing "
                + "\(GoString.quoted(text)): "
                + (isNumber ? "value out of range" : "invalid syntax"))
    }
}
