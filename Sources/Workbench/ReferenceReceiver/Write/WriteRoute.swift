import HTTPServing

/// What stands at a path of the remote-write port, decided as httprouter does.
enum WriteRoute: Hashable {
    case receive
    case status
    case options(allowed: String)
    case methodNotAllowed(allowed: String)
    /// A spelling that the router corrects: a slash too many, another case.
    case redirect(to: String)
    case notFound

    private static let receivePath = "/api/v1/receive"
    private static let statusPath = "/api/v1/status/tsdb"

    init(_ request: ServedRequest) {
        let isReceive = request.path == Self.receivePath
        let isStatus = request.path == Self.statusPath
        switch request.method {
        case "POST" where isReceive:
            self = .receive
        case "GET" where isStatus:
            self = .status
        case "POST" where Self.isMisspelt(request.path):
            let query = request.rawQuery.isEmpty ? "" : "?" + request.rawQuery
            self = .redirect(to: Self.receivePath + query)
        case "OPTIONS" where isReceive || isStatus || request.path == "*":
            self = .options(allowed: Self.allowed(isStatus: isStatus))
        default:
            self =
                isReceive || isStatus
                ? .methodNotAllowed(allowed: Self.allowed(isStatus: isStatus)) : .notFound
        }
    }

    /// The methods that httprouter lists, sorted.
    private static func allowed(isStatus: Bool) -> String {
        isStatus ? "GET, OPTIONS" : "OPTIONS, POST"
    }

    /// httprouter cleans the path, then compares without regard to case and to a last slash.
    private static func isMisspelt(_ path: String) -> Bool {
        SlashPath.cleaned("/" + path).lowercased() == receivePath
    }
}
