/// Why `thanos receive` would refuse to start with these arguments.
package struct FlagProblem: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        case unknownFlag
        case missingValue
        case unexpectedArgument
        case repeated
        case badEnum
        case badBoolean
        case badNumber
        case badDuration
        case badByteCount
        case badLabel
    }

    /// The three ways in which Thanos ends for a flag.
    package enum Stage: Hashable, Sendable {
        /// The command line cannot be split: one line, `thanos: error: …`.
        case splitting
        /// A value cannot be read: the usage, then `error parsing commandline arguments: …`.
        case reading
        /// The command starts and fails: a log line, exit 1.
        case preparing
    }

    package let code: Code
    /// The flag as it was typed, or the argument that belongs to none.
    package let flag: String
    /// Where in the arguments the flag stands.
    package let argumentIndex: Int
    /// Thanos' own text.
    package let message: String
    /// What Thanos adds around the text, innermost first.
    package let wraps: [String]

    init(
        _ code: Code, flag: String, at argumentIndex: Int, _ message: String,
        wraps: [String] = []
    ) {
        self.code = code
        self.flag = flag
        self.argumentIndex = argumentIndex
        self.message = message
        self.wraps = wraps
    }

    package var stage: Stage {
        switch code {
        case .unknownFlag, .missingValue, .unexpectedArgument: .splitting
        case .repeated, .badEnum, .badBoolean, .badNumber, .badDuration, .badByteCount: .reading
        case .badLabel: .preparing
        }
    }
}
