/// The arguments of `thanos receive`, read as kingpin reads them, with every place kept.
package struct ParsedReceiveFlags: Sendable {
    package let arguments: [String]
    package private(set) var occurrences: [FlagOccurrence] = []
    /// Everything that Thanos would refuse, in the order in which it would say so.
    package private(set) var problems: [FlagProblem] = []
    /// The first word that is no flag: `receive` in a pod's arguments.
    package private(set) var command: String?

    private let release: ThanosRelease?

    /// Reads arguments with or without the leading `receive`.
    ///
    /// With a release, flags and choices that this release does not know are unknown; without,
    /// those of any release are accepted.
    package init(arguments: [String], release: ThanosRelease? = nil) {
        self.arguments = arguments
        self.release = release
        split()
        readValues()
    }
}

extension ParsedReceiveFlags {
    private mutating func split() {
        var index = 0
        var onlyArguments = false
        while index < arguments.count {
            let argument = arguments[index]
            if onlyArguments || !argument.hasPrefix("-") {
                take(positional: argument, at: index)
                index += 1
            } else if argument == "--" {
                onlyArguments = true
                index += 1
            } else if argument.hasPrefix("--") {
                index = take(longFlagAt: index)
            } else {
                let short = String(argument.prefix(2))
                report(.unknownFlag, short, index, "unknown short flag '\(short)'")
                index += 1
            }
        }
    }

    private mutating func take(positional argument: String, at index: Int) {
        guard command == nil, argument == "receive" else {
            report(.unexpectedArgument, argument, index, "unexpected \(argument)")
            return
        }
        command = argument
    }

    /// Takes the flag there and its value, and answers the index behind both.
    private mutating func take(longFlagAt index: Int) -> Int {
        let argument = arguments[index]
        // By bytes: a character takes many times as long to find.
        let equals = argument.utf8.firstIndex(of: UInt8(ascii: "="))
        let typed = equals.map { String(argument[..<$0]) } ?? argument
        let attached = equals.map { String(argument[argument.utf8.index(after: $0)...]) }
        guard let (spec, isNegated) = spec(typed: typed) else {
            report(.unknownFlag, typed, index, "unknown long flag '\(typed)'")
            return index + 1 + (isValue(at: index + 1, unless: attached) ? 1 : 0)
        }
        if spec.kind == .boolean {
            record(spec, index, index, isNegated ? "false" : "true")
            if let attached {
                // kingpin's booleans take no value: what follows is an argument of its own.
                report(.unexpectedArgument, typed, index, "unexpected \(attached)")
            }
            return index + 1
        }
        if let attached {
            record(spec, index, index, attached)
            return index + 1
        }
        guard isValue(at: index + 1, unless: nil) else {
            report(.missingValue, typed, index, "expected argument for flag '\(typed)'")
            return index + 1
        }
        record(spec, index, index + 1, arguments[index + 1])
        return index + 2
    }

    private func spec(typed: String) -> (ReceiveFlagSpec, isNegated: Bool)? {
        let isNegated = typed.hasPrefix("--no-")
        let name = isNegated ? "--" + typed.dropFirst("--no-".count) : typed
        guard let spec = ReceiveFlagSpec.named(name) else { return nil }
        if isNegated && spec.kind != .boolean { return nil }
        if let release, !spec.exists(in: release) { return nil }
        return (spec, isNegated)
    }

    private func isValue(at index: Int, unless attached: String?) -> Bool {
        guard attached == nil, index < arguments.count else { return false }
        return !arguments[index].hasPrefix("-")
    }

    private mutating func record(
        _ spec: ReceiveFlagSpec, _ index: Int, _ valueIndex: Int, _ value: String
    ) {
        occurrences.append(
            FlagOccurrence(
                name: spec.name, argumentIndex: index, valueArgumentIndex: valueIndex,
                value: value))
    }

    private mutating func report(
        _ code: FlagProblem.Code, _ flag: String, _ index: Int, _ message: String
    ) {
        problems.append(FlagProblem(code, flag: flag, at: index, message))
    }
}

extension ParsedReceiveFlags {
    private mutating func readValues() {
        var seen: Set<String> = []
        for occurrence in occurrences {
            guard let spec = ReceiveFlagSpec.named(occurrence.name) else { continue }
            if !seen.insert(spec.name).inserted && !spec.isRepeatable {
                report(
                    .repeated, spec.name, occurrence.argumentIndex,
                    "flag '\(spec.name.dropFirst(2))' cannot be repeated")
            }
            if let refusal = FlagValue.refusal(
                of: occurrence.value, kind: spec.kind(in: release))
            {
                report(refusal.code, spec.name, occurrence.argumentIndex, refusal.message)
            }
        }
        for occurrence in occurrences where occurrence.name == "--label" {
            do throws(ExternalLabel.Refusal) {
                _ = try ExternalLabel(parsing: occurrence.value)
            } catch {
                problems.append(
                    FlagProblem(
                        .badLabel, flag: occurrence.name, at: occurrence.argumentIndex,
                        error.message, wraps: error.wraps + ["parse labels"]))
            }
        }
    }
}
