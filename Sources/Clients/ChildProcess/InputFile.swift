import CLinux
import Glibc
import SystemPackage

/// A file in memory that a program reads as its standard input.
///
/// A pipe would need somebody to feed it, and a program that does not read would end us by SIGPIPE.
struct InputFile {
    enum Failure: Error { case notWritten }

    /// Whoever takes it closes it.
    let descriptor: FileDescriptor

    init(_ bytes: [UInt8]) throws(Failure) {
        let file = clinux_memory_file("input")
        guard file >= 0 else { throw .notWritten }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                close(file)
                throw .notWritten
            }
            rest = rest.dropFirst(count)
        }
        lseek(file, 0, SEEK_SET)
        descriptor = FileDescriptor(rawValue: file)
    }
}
