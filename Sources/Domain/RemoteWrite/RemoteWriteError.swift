/// Why bytes are no remote-write message, in the words of the decoder that Thanos is built with.
package enum RemoteWriteError: Error, Hashable, Sendable {
    case unexpectedEnd
    case integerOverflow
    case negativeLength
    case wrongWireType(UInt8, field: String)
    case illegalTag(message: String, field: Int32, tag: UInt64)
    case endGroup(message: String)
    case unexpectedEndOfGroup
    case illegalWireType(UInt8)

    /// The text of gogo/protobuf's generated `Unmarshal`, which Thanos answers with.
    package var message: String {
        switch self {
        case .unexpectedEnd: "unexpected EOF"
        case .integerOverflow: "proto: integer overflow"
        case .negativeLength: "proto: negative length found during unmarshaling"
        case .wrongWireType(let type, let field):
            "proto: wrong wireType = \(type) for field \(field)"
        case .illegalTag(let message, let field, let tag):
            "proto: \(message): illegal tag \(field) (wire type \(tag))"
        case .endGroup(let message): "proto: \(message): wiretype end group for non-group"
        case .unexpectedEndOfGroup: "proto: unexpected end of group"
        case .illegalWireType(let type): "proto: illegal wireType \(type)"
        }
    }
}
