import MarkedYAML

/// A field selector; which fields exist depends on the kind.
struct FieldSelector: Sendable, Hashable {
    /// One comparison; all must hold.
    struct Term: Sendable, Hashable {
        let field: String
        let value: String
        let isEqual: Bool
    }

    var terms: [Term] = []

    var isEmpty: Bool { terms.isEmpty }

    init(parsing text: String, for kind: ResourceKind) throws(APIStatus) {
        for part in text.split(separator: ",") {
            guard let term = Self.term(part) else {
                throw .badRequest("invalid selector: '\(text)'; can't understand '\(part)'")
            }
            guard Self.fields(of: kind).contains(term.field) else {
                throw .badRequest("field label not supported: \(term.field)")
            }
            terms.append(term)
        }
    }

    func matches(_ object: StoredObject) -> Bool {
        terms.allSatisfy { term in
            (Self.value(of: term.field, in: object.value) == term.value) == term.isEqual
        }
    }

    private static func term(_ part: Substring) -> Term? {
        for (symbol, isEqual) in [("!=", false), ("==", true), ("=", true)] {
            let pieces = part.split(
                separator: symbol, maxSplits: 1, omittingEmptySubsequences: false)
            if pieces.count == 2 {
                return Term(field: String(pieces[0]), value: String(pieces[1]), isEqual: isEqual)
            }
        }
        return nil
    }

    /// The conversions registered in `pkg/apis/*/v1/conversion.go`.
    private static func fields(of kind: ResourceKind) -> Set<String> {
        let own: Set<String> =
            switch (kind.group, kind.kind) {
            case ("", "Pod"):
                [
                    "spec.nodeName", "spec.restartPolicy", "spec.schedulerName",
                    "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP",
                    "status.podIPs", "status.nominatedNodeName",
                ]
            case ("", "Event"):
                [
                    "involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
                    "involvedObject.uid", "involvedObject.apiVersion",
                    "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
                    "reportingComponent", "source", "type",
                ]
            case ("", "Node"): ["spec.unschedulable"]
            case ("", "Namespace"): ["status.phase"]
            case ("", "Secret"): ["type"]
            case ("", "Service"): ["spec.clusterIP", "spec.type"]
            case ("batch", "Job"): ["status.successful"]
            case ("apps", "ReplicaSet"): ["status.replicas"]
            default: []
            }
        return own.union(["metadata.name", "metadata.namespace"])
    }

    private static func value(of field: String, in object: JSONValue) -> String {
        let path = field == "source" ? "source.component" : field
        let value = path.split(separator: ".").reduce(Optional(object)) { $0?[String($1)] }
        switch value {
        case .string(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .int(let number): return String(number)
        case .array(let elements): return elements.first?.text("ip") ?? ""
        case .null, .double, .object, nil:
            return field == "spec.unschedulable" || field == "spec.hostNetwork" ? "false" : ""
        }
    }
}
