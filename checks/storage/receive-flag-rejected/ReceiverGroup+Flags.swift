import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension ReceiverGroup {
    /// Why nobody can say which flags the image knows; empty when it can be said.
    var doubtAboutRelease: String {
        guard let version else { return "; the image's version is not stated" }
        // What came and went before and after these releases is not in the table of flags.
        let isListed = (Version(0, 29)..<Version(0, 43)).contains(version)
        return isListed ? "" : "; the flags of \(version) are not known here"
    }

    /// Whether the value is the one that Thanos sees: nothing is filled in from elsewhere.
    func isKnowable(_ problem: FlagProblem) -> Bool {
        guard !problem.flag.hasPrefix("@") else { return false }
        let given = flags.occurrences.first { $0.argumentIndex == problem.argumentIndex }
        let text = given?.value ?? problem.flag
        guard !text.contains("${"), !text.contains("{{") else { return false }
        guard text.contains("$(") else { return true }
        // What a field of the pod fills in has no double quotes.
        return problem.code == .badLabel
            && references(in: text).allSatisfy { name in
                if case .field? = container.environment[name] { true } else { false }
            }
    }

    private func references(in text: String) -> [String] {
        text.matches(of: /\$\(([^)]+)\)/).map { String($0.1) }
    }
}

/// Blocks of several sizes, which the shipper of that time refused.
enum BlockDurations {
    /// `runReceive` in cmd/thanos/receive.go up to v0.41.
    static func rejected(of group: ReceiverGroup) -> RejectedFlag? {
        let flags = group.flags
        guard flags.mode.stores, flags.objstoreConfig != nil || flags.objstoreConfigFile != nil,
            let least = flags.minBlockDuration, let most = flags.maxBlockDuration, least != most,
            !flags.isOn("--shipper.ignore-unequal-block-size"),
            group.version.map({ $0 < Version(0, 42) }) ?? true
        else { return nil }
        let named =
            ["--tsdb.max-block-duration", "--tsdb.min-block-duration"]
            .first(where: flags.isGiven) ?? "--tsdb.max-block-duration"
        return RejectedFlag(
            "--tsdb.min-block-duration and --tsdb.max-block-duration differ while uploads are on: "
                + "compaction needs to be disabled",
            written: "\(named)=\(flags.text(of: named) ?? "")", at: group.range(ofFlag: named),
            remedy: "drop both flags: blocks of two hours are what uploads expect"
        ).doubted(because: group.version == nil ? group.doubtAboutRelease : "")
    }
}

/// A path and a content of one thing, of which Thanos takes one.
enum RejectedPair {
    private static let names = [
        "--objstore.config", "--receive.relabel-config", "--receive.limits-config",
    ]

    static func all(of group: ReceiverGroup) -> [RejectedFlag] {
        names.compactMap { name in
            let file = name + "-file"
            let given = [name, file].map { group.flags.text(of: $0) ?? "" }
            // What is filled in from elsewhere may be empty, and then counts as not given.
            guard given.allSatisfy({ !$0.isEmpty && !$0.contains("$") }) else { return nil }
            return RejectedFlag(
                "\(file) and \(name) are both given, and Thanos takes one of them",
                written: "\(file) and \(name)", at: group.range(ofFlag: name),
                remedy: "drop one of the two flags")
        }
    }
}
