import MarkedYAML

/// What runs on loopback to play an incident: `stage.yaml`.
struct StageDescription: Sendable {
    struct StagedReceiver: Sendable {
        enum Expectation: String, Sendable { case running, exits }

        /// `NAMESPACE/NAME` of the pod that it plays.
        let pod: String
        let address: String
        /// Path that flags and logs show → name of the staged directory.
        let paths: [String: String]
        let isUnprivileged: Bool
        let arguments: [String]?
        let without: [String]
        let expectation: Expectation
    }

    struct Listener: Sendable {
        enum Destination: Sendable {
            /// The port of the Service where it is another than that of the address.
            case service(namespace: String, name: String, port: Int?)
            case refused
            case blackhole
            case resets
        }

        let address: String
        let ports: [Int]
        let destination: Destination
    }

    struct Traffic: Sendable {
        let url: String
        let headers: [String: String]
        /// A status, or `refused`.
        let expect: String
    }

    let receivers: [StagedReceiver]
    let listeners: [Listener]
    let names: [String: String]
    let traffic: Traffic?

    init(_ files: IncidentFiles) throws(LabError) {
        guard let text = files["stage.yaml"] else {
            throw LabError(.malformedIncident, "stage.yaml is missing")
        }
        let stream = YAMLReader.stream(SourceText(name: "stage.yaml", text: text))
        guard let node = stream.documents.first, stream.errors.isEmpty else {
            let reason = stream.errors.first.map { "\($0.range.start.line): \($0.message)" }
            throw LabError(.malformedIncident, "stage.yaml:\(reason ?? "1: empty")")
        }
        receivers = (node["receivers"]?.items ?? []).compactMap(StagedReceiver.init)
        listeners = (node["listeners"]?.items ?? []).compactMap(Listener.init)
        names = Self.map(node["names"])
        traffic = node["traffic"].flatMap(Traffic.init)
    }

    static func map(_ node: Node?) -> [String: String] {
        var map: [String: String] = [:]
        for (key, value) in node?.entries ?? [] {
            if let key = key.string, let value = value.string { map[key] = value }
        }
        return map
    }
}

extension StageDescription.StagedReceiver {
    fileprivate init?(_ node: Node) {
        guard let pod = node["pod"]?.string, let address = node["address"]?.string else {
            return nil
        }
        self.pod = pod
        self.address = address
        paths = StageDescription.map(node["paths"])
        isUnprivileged = node["user"]?.string == "unprivileged"
        arguments =
            node["args"]?.kind == .sequence
            ? node["args"]?.items.compactMap(\.string) : nil
        without = node["without"]?.items.compactMap(\.string) ?? []
        expectation = node["expect"]?.string.flatMap(Expectation.init) ?? .running
    }
}

extension StageDescription.Listener {
    fileprivate init?(_ node: Node) {
        guard let address = node["address"]?.string, let to = node["to"]?.string else {
            return nil
        }
        self.address = address
        ports = node["ports"]?.items.compactMap(\.int) ?? []
        switch to {
        case "refused": destination = .refused
        case "blackhole": destination = .blackhole
        case "resets": destination = .resets
        case _:
            let words = to.split(whereSeparator: { " /:".contains($0) }).map(String.init)
            guard (3...4).contains(words.count), words[0] == "service" else { return nil }
            destination = .service(
                namespace: words[1], name: words[2], port: words.count == 4 ? Int(words[3]) : nil)
        }
    }
}

extension StageDescription.Traffic {
    fileprivate init?(_ node: Node) {
        guard let url = node["url"]?.string, let expect = node["expect"]?.string else {
            return nil
        }
        self.url = url
        self.expect = expect
        headers = StageDescription.map(node["headers"])
    }
}
