/// The flags that Thanos does not have.
package struct OwnFlags: Sendable {
    /// `--wal-sync=batch|off`: whether an answer waits until the log is on the disk.
    package var syncsLog = true
    /// `--fault=NAME[=VALUE]`, repeatable: what goes wrong on purpose.
    package var faults = Faults()

    private enum Name: String {
        case walSync = "--wal-sync"
        case fault = "--fault"
    }

    package init() {}

    /// Takes the flags that are ours out of the arguments, in `--flag=value` or `--flag value`.
    package init(extractingFrom arguments: inout [String]) throws(OwnFlagError) {
        self.init()
        var rest: [String] = []
        var words = arguments[...]
        while let word = words.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first.flatMap({ Name(rawValue: String($0)) }) else {
                rest.append(word)
                continue
            }
            guard let value = parts.count > 1 ? String(parts[1]) : words.popFirst() else {
                throw OwnFlagError(message: "expected argument for flag '\(name.rawValue)'")
            }
            try set(name, to: value)
        }
        arguments = rest
    }

    private mutating func set(_ name: Name, to value: String) throws(OwnFlagError) {
        switch (name, value) {
        case (.fault, _): try faults.add(value)
        case (.walSync, "batch"): syncsLog = true
        case (.walSync, "off"): syncsLog = false
        case (.walSync, _):
            throw OwnFlagError(message: "enum value must be one of batch,off, got '\(value)'")
        }
    }
}

/// A flag of ours that cannot be read.
package struct OwnFlagError: Error, Hashable {
    package let message: String
}
