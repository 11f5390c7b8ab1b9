/// Why bytes are no `thanos.WriteRequest`, in the words of Go's generated decoder.
enum ForwardedRequestError: Error, Hashable {
    case unexpectedEnd
    case integerOverflow
    case negativeLength
    case wrongWireType(UInt8, field: String)
    case illegalTag(message: String, field: Int32, tag: UInt64)
    case endGroup(message: String)
    case illegalWireType(UInt8)
    /// Not Thanos' own: tenants cost more here than they do on the wire.
    case tooManyTenants

    var message: String {
        switch self {
        case .unexpectedEnd: "unexpected EOF"
        case .integerOverflow: "proto: integer overflow"
        case .negativeLength: "proto: negative length found during unmarshaling"
        case .wrongWireType(let type, let field):
            "proto: wrong wireType = \(type) for field \(field)"
        case .illegalTag(let message, let field, let tag):
            "proto: \(message): illegal tag \(field) (wire type \(tag))"
        case .endGroup(let message): "proto: \(message): wiretype end group for non-group"
        case .illegalWireType(let type): "proto: illegal wireType \(type)"
        case .tooManyTenants: "too many tenants in one write request"
        }
    }
}
