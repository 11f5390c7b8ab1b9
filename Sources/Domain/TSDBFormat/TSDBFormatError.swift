/// Why bytes are not what Prometheus' storage writes.
package struct TSDBFormatError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// The bytes end within a record, as they do after a crash; nothing behind it is lost.
        case torn
        /// The bytes contradict themselves.
        case corrupt
        /// The bytes may be right, but say something that is not read here.
        case unsupported
    }

    package let code: Code
    /// What is wrong, in Prometheus' words where it has some.
    package let message: String
    /// Where it was found, as an index of the bytes that were given.
    package let offset: Int

    package init(_ code: Code, _ message: String, at offset: Int) {
        self.code = code
        self.message = message
        self.offset = offset
    }
}
