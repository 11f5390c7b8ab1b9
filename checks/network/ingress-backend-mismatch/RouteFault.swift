import KubernetesModel
import MarkedYAML
import PipelineModel

/// Why a route of an Ingress to receivers takes no writes.
struct RouteFault {
    let message: String
    /// Where it stands.
    let range: SourceRange
    let label: String
    let advice: String
    var edits: [TextEdit?] = []
    /// Whether another class of Ingress might make something else of it.
    var isCertain = true

    // pkg/receive/handler.go: the one route.
    private static let path = "/api/v1/receive"

    init?(_ route: IngressRoute, of ingress: IngressObject, to place: RouteTarget) {
        // The AWS controller takes the backend from an annotation for `use-annotation`.
        guard let port = route.port, port.string != "use-annotation",
            !place.service.ports.isEmpty
        else { return nil }
        guard let offered = route.port(of: place.service) else {
            self.init(unknown: port, place)
            return
        }
        if let other = place.internalService(onPort: offered) {
            guard route.isForWrites else { return nil }
            self.init(port, serving: other, place)
        } else if let path = route.path, let text = path.string, place.takesWrites(on: offered) {
            guard route.isForWrites, !ingress.rewritesPaths,
                !ingress.routes.contains(where: { $0.host == route.host && $0.mayTakeWrites })
            else { return nil }
            self.init(path, text, of: route, of: ingress)
        } else {
            return nil
        }
    }

    private init(unknown port: Node, _ place: RouteTarget) {
        let offered = place.service.ports.map { $0.name ?? $0.number.map(String.init) ?? "?" }
            .joined(separator: ", ")
        message =
            "the Ingress sends to port \(port.scalarText ?? "") of "
            + "\(place.service.reference.name), which offers \(offered)"
        range = port.range
        label = "no such port"
        advice =
            "name a port of \(place.service.reference.name) that leads to "
            + "--remote-write.address"
    }

    private init(_ port: Node, serving other: String, _ place: RouteTarget) {
        message =
            "the Ingress sends writes to port \(port.scalarText ?? "") of "
            + "\(place.service.reference.name), which serves \(other)"
        range = port.range
        label = "takes no writes"
        let right = place.writePort
        advice = right.map { "send to port \($0)" } ?? "send to the port of remote write"
        if port.int != nil { edits = [right.map { .replacing(port, with: "\($0)") }] }
    }

    private init(_ path: Node, _ text: String, of route: IngressRoute, of ingress: IngressObject) {
        message = "the Ingress takes writes at \(text), and receivers know \(Self.path) alone"
        range = path.range
        label = "answers 404"
        advice = "write path: \(Self.path) and pathType: Prefix"
        edits = [.replacing(path, with: Self.path)]
        // Others may have been told to rewrite paths where no annotation shows it.
        isCertain = ingress.isCilium
    }
}

extension IngressRoute {
    // What agents are told to write to, rightly or not: Thanos, Prometheus, Mimir and Cortex.
    private static let writing = ["receive", "write", "push"]

    /// Whether somebody meant it for remote write, and not for what receivers show.
    fileprivate var isForWrites: Bool {
        let last = path?.string?.split(separator: "/").last.map(String.init) ?? ""
        return Self.writing.contains(last)
    }

    /// Whether writes at the right path go this way, as far as can be told.
    fileprivate var mayTakeWrites: Bool { takes("/api/v1/receive") != false }
}

extension IngressObject {
    /// Whether an annotation may change the path of a request: `rewrite-target` of NGINX,
    /// `path-rewrite` of HAProxy, the middlewares of Traefik, snippets of configuration.
    fileprivate var rewritesPaths: Bool {
        object.annotations.keys.contains { name in
            ["rewrite", "middlewares", "snippet", "use-regex", "strip"].contains(
                where: name.contains)
        }
    }
}
