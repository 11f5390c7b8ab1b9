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
    /// Remote write 2.0: a label names a string that the request does not have.
    case symbolOutOfRange(UInt64)
    /// Remote write 2.0: a label has a name and no value.
    case oddReferences
    /// The message would become larger than what is accepted.
    case tooLarge

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
        case .symbolOutOfRange(let number): "symbol reference \(number) is out of range"
        case .oddReferences: "labels_refs has an odd number of references"
        case .tooLarge: "write request too large"
        }
    }
}
