import MarkedYAML

/// The body of an access review, which kubectl sends as protobuf and others as JSON.
///
/// ```
/// "k8s" 0x00 | Unknown { 1: typeMeta, 2: raw = review { 1: metadata, 2: spec } }
/// ```
enum ReviewBody {
    /// k8s.io/apimachinery, `runtime/serializer/protobuf`.
    private static let magic: [UInt8] = [0x6B, 0x38, 0x73, 0x00]

    /// The review's `spec`; nil when the body is neither.
    static func spec(of bytes: [UInt8], kind: String) -> JSONValue? {
        guard bytes.starts(with: magic) else {
            let source = SourceText(name: "review", bytes: bytes)
            return (try? JSONReader.document(source)).map { $0.plainValue["spec"] ?? [:] }
        }
        guard let review = fields(of: bytes.dropFirst(magic.count))?[2],
            let spec = fields(of: review)?[2], let members = fields(of: spec)
        else { return nil }
        guard kind == "SelfSubjectAccessReview" else {
            return .object(object(members, names: [1: "namespace"]))
        }
        var result = JSONObject()
        if let attributes = members[1].flatMap(fields) {
            result["resourceAttributes"] = .object(
                object(
                    attributes,
                    names: [
                        1: "namespace", 2: "verb", 3: "group", 4: "version", 5: "resource",
                        6: "subresource", 7: "name",
                    ]))
        }
        if let attributes = members[2].flatMap(fields) {
            result["nonResourceAttributes"] = .object(
                object(attributes, names: [1: "path", 2: "verb"]))
        }
        return .object(result)
    }

    private static func object(
        _ fields: [Int: ArraySlice<UInt8>], names: KeyValuePairs<Int, String>
    ) -> JSONObject {
        JSONObject(
            names.compactMap { number, name in
                fields[number].map { (name, .string(String(decoding: $0, as: UTF8.self))) }
            })
    }

    /// The length-delimited fields of a message; nil when it is cut off or has others.
    private static func fields(of bytes: ArraySlice<UInt8>) -> [Int: ArraySlice<UInt8>]? {
        var fields: [Int: ArraySlice<UInt8>] = [:]
        var rest = bytes
        while !rest.isEmpty {
            guard let tag = varint(&rest), tag & 7 == 2, let count = varint(&rest),
                count <= rest.count
            else { return nil }
            fields[tag >> 3] = rest.prefix(count)
            rest = rest.dropFirst(count)
        }
        return fields
    }

    private static func varint(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        var value = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            value |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
