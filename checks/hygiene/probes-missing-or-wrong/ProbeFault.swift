import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// A probe of a receiver that does not say what it is asked for.
struct ProbeFault {
    let message: String
    let label: String
    let place: Node
    /// What is to stand in that place; nil where more than a value is wrong.
    let replacement: String?
    /// What to do, when no value mends it.
    let advice: String

    /// The first fault of one probe; nil where it is sound or not to be judged.
    ///
    /// The port of remote write and of gRPC, and a liveness probe that asks /-/ready, are
    /// health-probe-wrong-port's and wal-replay-probe-kill's.
    ///
    /// - Parameter hasTLS: whether the HTTP port takes TLS only; nil where nobody knows.
    init?(_ field: String, _ probe: Node, of group: ReceiverGroup, hasTLS: Bool?) {
        if let socket = probe["tcpSocket"] {
            self.init(field, socket: probe.key("tcpSocket") ?? socket, of: group)
        } else if let request = probe["httpGet"], request["host"] == nil {
            self.init(field, request: request, of: group, hasTLS: hasTLS)
        } else {
            return nil
        }
    }

    /// A connection is taken long before writes are; for liveness that is enough.
    private init?(_ field: String, socket: Node, of group: ReceiverGroup) {
        guard field == "readinessProbe" else { return nil }
        message =
            "readinessProbe only connects, which succeeds while the receiver answers 503 to writes"
        label = "does not ask whether it is ready"
        place = socket
        replacement = nil
        advice = "let readinessProbe ask GET /-/ready on port \(group.httpPort ?? 10902)"
    }

    private init?(_ field: String, request: Node, of group: ReceiverGroup, hasTLS: Bool?) {
        let http = group.httpPort ?? 10902
        let port = request["port"]
        let number = group.container.portNumber(port)
        if let port, let number, let path = request["path"]?.string,
            ["/-/ready", "/-/healthy"].contains(path), !group.hasCompany,
            number == group.remoteWritePort || number == group.grpcPort
        {
            message =
                "\(field) asks \(path) on port \(number), which does not serve it: "
                + (field == "readinessProbe"
                    ? "no pod becomes ready" : "the receiver is ended again and again")
            label = "HTTP is on \(http)"
            place = port
            replacement = String(http)
            advice = "let \(field) ask port \(http)"
        } else if let path = request["path"], path.string == "/-/healthy",
            field == "readinessProbe"
        {
            message =
                "readinessProbe asks /-/healthy, which answers 200 while the receiver answers 503 "
                + "to writes"
            label = "healthy is not ready"
            place = path
            replacement = "/-/ready"
            advice = "let readinessProbe ask /-/ready"
        } else if let port, number != http, !group.mayServeElsewhere(number) {
            let name = number.map(String.init) ?? port.scalarText ?? ""
            message =
                number == nil
                ? "\(field) asks port \"\(name)\", and the container has no port of that name"
                : "\(field) asks port \(name), where nothing listens: HTTP is on \(http)"
            label = number == nil ? "no such port" : "refuses connections"
            place = port
            replacement = String(http)
            advice = "let \(field) ask port \(http)"
        } else if let scheme = request["scheme"], scheme.string == "HTTPS", number == http,
            hasTLS == false, !group.hasCompany
        {
            message =
                "\(field) speaks TLS to port \(http), which has none without a tls_server_config "
                + "in --http.config"
            label = "the receiver answers without TLS"
            place = scheme
            replacement = "HTTP"
            advice = "let \(field) use scheme: HTTP"
        } else if number == http, hasTLS == true, request["scheme"]?.string != "HTTPS",
            !group.hasCompany
        {
            message =
                "\(field) speaks plain HTTP to port \(http), which takes TLS only and answers 400"
            label = "the receiver answers with TLS"
            place = request["scheme"] ?? port ?? request
            replacement = request["scheme"] == nil ? nil : "HTTPS"
            advice = "let \(field) use scheme: HTTPS"
        } else {
            return nil
        }
    }
}

extension ReceiverGroup {
    /// Whether another container of the pod may listen: a proxy, or a sidecar that stays.
    fileprivate var hasCompany: Bool {
        guard let spec = workload.podSpec else { return true }
        return spec.containers.count > 1
            || spec.initContainers.contains { $0.node["restartPolicy"]?.string == "Always" }
    }

    /// Whether something listens on the port that is not the receiver's HTTP, or may.
    fileprivate func mayServeElsewhere(_ port: Int?) -> Bool {
        hasCompany || (port != nil && (port == remoteWritePort || port == grpcPort))
    }

    /// Whether a probe waits for the replay of the WAL: the port of gRPC says so, too.
    fileprivate func asksReady(_ field: String) -> Bool {
        guard let probe = container.node[field] else { return false }
        return probe["grpc"] != nil || probe["httpGet"]?["path"]?.string == "/-/ready"
    }

    /// Whether nothing keeps traffic away from a receiver that is not ready yet.
    var isReadyAtOnce: Bool {
        let probe = container.node["readinessProbe"]
        return (probe == nil || probe?.isNull == true) && !asksReady("startupProbe")
    }
}
