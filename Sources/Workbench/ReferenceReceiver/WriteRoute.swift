import HTTPServing

/// What stands at a path of the remote-write port, decided as httprouter does.
enum WriteRoute: Hashable {
    case receive
    case options
    case methodNotAllowed
    /// A spelling that the router corrects: a slash too many, another case.
    case redirect(to: String)
    case notFound

    private static let receivePath = "/api/v1/receive"
    /// The methods that httprouter lists, sorted.
    static let allowed = "OPTIONS, POST"

    init(_ request: ServedRequest) {
        let isKnown = request.path == Self.receivePath
        switch request.method {
        case "POST" where isKnown:
            self = .receive
        case "POST" where Self.isMisspelt(request.path):
            let query = request.rawQuery.isEmpty ? "" : "?" + request.rawQuery
            self = .redirect(to: Self.receivePath + query)
        case "OPTIONS" where isKnown || request.path == "*":
            self = .options
        default:
            self = isKnown ? .methodNotAllowed : .notFound
        }
    }

    /// httprouter cleans the path, then compares without regard to case and to a last slash.
    private static func isMisspelt(_ path: String) -> Bool {
        SlashPath.cleaned("/" + path).lowercased() == receivePath
    }
}
