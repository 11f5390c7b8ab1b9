/// What a client accepts, clause by clause in its order of preference (RFC 9110, 12.5.1).
struct AcceptedForm: Sendable, Hashable {
    /// The encoding of the answer's body.
    enum Encoding: Sendable, Hashable {
        case json, yaml
    }

    /// The shape a list or object is turned into before it is encoded.
    enum Shape: Sendable, Hashable {
        case object
        case table(version: String)
        case metadata
        case metadataList
        case aggregatedDiscovery
    }

    var encoding: Encoding
    var shape: Shape

    /// The first clause that can be served, nil when none can.
    ///
    /// `as` selects a shape; unknown parameters are ignored
    /// (k8s.io/apiserver, `negotiation.acceptMediaTypeOptions`).
    static func negotiated(_ accept: String?, allows: (Shape) -> Bool) -> AcceptedForm? {
        guard let accept, !accept.isEmpty else {
            return AcceptedForm(encoding: .json, shape: .object)
        }
        for clause in accept.split(separator: ",") {
            let parts = clause.split(separator: ";").map { trimmed($0) }
            guard let type = parts.first, let encoding = encoding(of: type) else { continue }
            var parameters: [String: String] = [:]
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=", maxSplits: 1).map { trimmed($0) }
                parameters[pair.first ?? ""] = pair.count > 1 ? pair[1] : ""
            }
            guard let shape = shape(parameters), allows(shape) else { continue }
            return AcceptedForm(encoding: encoding, shape: shape)
        }
        return nil
    }

    private static func encoding(of type: String) -> Encoding? {
        switch type {
        case "application/json", "*/*", "application/*": .json
        case "application/yaml": .yaml
        default: nil
        }
    }

    private static func shape(_ parameters: [String: String]) -> Shape? {
        let group = parameters["g"] ?? ""
        let version = parameters["v"] ?? ""
        switch (parameters["as"], group) {
        case (nil, _): return .object
        case ("Table", "meta.k8s.io") where version == "v1" || version == "v1beta1":
            return .table(version: version)
        case ("PartialObjectMetadata", "meta.k8s.io"): return .metadata
        case ("PartialObjectMetadataList", "meta.k8s.io"): return .metadataList
        case ("APIGroupDiscoveryList", "apidiscovery.k8s.io") where version == "v2":
            return .aggregatedDiscovery
        default: return nil
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
