import HTTPServing
import MarkedYAML

/// Turns objects into the shape and encoding that a request accepts.
struct Rendering: Sendable {
    /// Bytes of a list are handed on in pieces of about this size.
    private static let pieceSize = 256 << 10

    let request: ServedRequest
    let now: WallTime

    func single(_ object: StoredObject) throws(APIStatus) -> ServedResponse {
        let form = try negotiated()
        switch form.shape {
        case .object, .aggregatedDiscovery:
            return encoded([object.encoded], form, object.value)
        case .metadata:
            var bytes: [UInt8] = []
            object.appendMetadata(to: &bytes)
            return encoded([bytes], form)
        case .metadataList:
            throw APIStatus(
                406, "NotAcceptable",
                "you requested PartialObjectMetadataList, but the requested object is not a list")
        case .table(let version):
            let page = ListPage(objects: [object], resourceVersion: object.resourceVersion)
            return encoded(table(object.kind, page, version), form)
        }
    }

    func list(_ kind: ResourceKind, _ page: ListPage) throws(APIStatus) -> ServedResponse {
        let form = try negotiated()
        switch form.shape {
        case .object, .aggregatedDiscovery:
            let head: JSONObject = [
                "kind": .string("\(kind.kind)List"), "apiVersion": .string(kind.groupVersion),
                "metadata": page.metadata,
            ]
            return encoded(list(head, page) { $0.appendItem(to: &$1) }, form)
        case .metadataList:
            let head: JSONObject = [
                "kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1",
                "metadata": page.metadata,
            ]
            return encoded(list(head, page) { $0.appendMetadata(to: &$1) }, form)
        case .metadata:
            throw APIStatus(
                406, "NotAcceptable",
                "you requested PartialObjectMetadata, but the requested object is a list "
                    + "(*\(kind.group.isEmpty ? "core" : kind.group).\(kind.kind)List)")
        case .table(let version):
            return encoded(table(kind, page, version), form)
        }
    }

    private func negotiated() throws(APIStatus) -> AcceptedForm {
        let form = AcceptedForm.negotiated(request.headers["Accept"]) { $0 != .aggregatedDiscovery }
        guard let form else { throw .notAcceptable }
        return form
    }

    /// The head's members, then `items`, in pieces that need not be joined.
    private func list(
        _ head: JSONObject, _ page: ListPage, item: (StoredObject, inout [UInt8]) -> Void
    ) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var piece = Array(JSONValue.object(head).compact.utf8.dropLast())
        piece += ",\"items\":[".utf8
        for (index, object) in page.objects.enumerated() {
            if index > 0 { piece.append(UInt8(ascii: ",")) }
            item(object, &piece)
            if piece.count >= Self.pieceSize {
                pieces.append(piece)
                piece = []
                piece.reserveCapacity(Self.pieceSize + Self.pieceSize / 8)
            }
        }
        piece += "]}\n".utf8
        pieces.append(piece)
        return pieces
    }

    private func table(_ kind: ResourceKind, _ page: ListPage, _ version: String) -> [[UInt8]] {
        let columns = PrintedColumns.of(kind)
        let head: JSONObject = [
            "kind": "Table", "apiVersion": .string("meta.k8s.io/\(version)"),
            "metadata": page.metadata,
            "columnDefinitions": .array(columns.map(\.definition)),
        ]
        let include = request.query("includeObject") ?? "Metadata"
        var pieces: [[UInt8]] = []
        var piece = Array(JSONValue.object(head).compact.utf8.dropLast())
        piece += ",\"rows\":[".utf8
        for (index, object) in page.objects.enumerated() {
            if index > 0 { piece.append(UInt8(ascii: ",")) }
            let cells = columns.map { $0.cell(object.value, now) }
            piece += "{\"cells\":\(JSONValue.array(cells).compact)".utf8
            switch include {
            case "None": piece += ",\"object\":null".utf8
            case "Object":
                piece += ",\"object\":".utf8
                piece += object.encoded
            default:
                piece += ",\"object\":".utf8
                object.appendMetadata(to: &piece, version: version)
            }
            piece.append(UInt8(ascii: "}"))
            if piece.count >= Self.pieceSize {
                pieces.append(piece)
                piece = []
            }
        }
        piece += "]}\n".utf8
        pieces.append(piece)
        return pieces
    }

    /// JSON goes out as it is; for YAML the value is taken apart again.
    private func encoded(
        _ pieces: [[UInt8]], _ form: AcceptedForm, _ value: JSONValue? = nil
    ) -> ServedResponse {
        switch form.encoding {
        case .json:
            return ServedResponse(
                status: 200,
                headers: [ServedResponse.cacheControl, ("Content-Type", "application/json")],
                body: .segments(pieces))
        case .yaml:
            let source = SourceText(name: "answer", bytes: Array(pieces.joined()))
            // The bytes were encoded by us, so that they can be read back is not in question.
            let plain = value ?? (try? JSONReader.document(source))?.plainValue ?? .null
            return .raw(Array(YAMLText.of(plain).utf8), type: "application/yaml")
        }
    }
}
