/// The flags that Thanos does not have.
package struct OwnFlags: Sendable {
    /// `--wal-sync=batch|off`: whether an answer waits until the log is on the disk.
    package var syncsLog = true

    package init() {}

    /// Takes the flags that are ours out of the arguments.
    package init(extractingFrom arguments: inout [String]) throws(OwnFlagError) {
        self.init()
        var rest: [String] = []
        for argument in arguments {
            guard let value = Self.value(of: "--wal-sync", in: argument) else {
                rest.append(argument)
                continue
            }
            switch value {
            case "batch": syncsLog = true
            case "off": syncsLog = false
            default:
                throw OwnFlagError(
                    message: "enum value must be one of batch,off, got '\(value)'")
            }
        }
        arguments = rest
    }

    private static func value(of name: String, in argument: String) -> String? {
        guard argument.hasPrefix(name + "=") else { return nil }
        return String(argument.dropFirst(name.count + 1))
    }
}

/// A flag of ours that cannot be read.
package struct OwnFlagError: Error, Hashable {
    package let message: String
}
