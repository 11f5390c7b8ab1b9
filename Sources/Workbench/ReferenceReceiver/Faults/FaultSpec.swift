import ReceiveFlags

/// How a fault is written, and what it does.
struct FaultSpec: Sendable {
    let name: String
    /// What its value looks like and an example of one; nil where it takes none.
    let value: (form: String, example: String)?
    /// What happens, for the help.
    let effect: String
    private let read: @Sendable (String) -> Fault?

    private init(_ name: String, _ fault: Fault, _ effect: String) {
        self.name = name
        self.effect = effect
        value = nil
        read = { _ in fault }
    }

    private init(
        _ name: String, _ form: String, such example: String, _ effect: String,
        read: @escaping @Sendable (String) -> Fault?
    ) {
        self.name = name
        self.effect = effect
        value = (form, example)
        self.read = read
    }

    /// How it is written: `delay=DURATION`.
    var form: String { value.map { "\(name)=\($0.form)" } ?? name }

    /// Reads `NAME` or `NAME=VALUE`.
    static func fault(_ text: String) throws(OwnFlagError) -> Fault {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        guard let spec = all.first(where: { $0.name == name }) else {
            let forms = all.map(\.form).joined(separator: ", ")
            throw OwnFlagError(message: "unknown fault '\(name)'; there is \(forms)")
        }
        return try spec.fault(value: parts.count > 1 ? String(parts[1]) : nil)
    }

    private func fault(value given: String?) throws(OwnFlagError) -> Fault {
        guard let value else {
            guard given == nil, let fault = read("") else {
                throw OwnFlagError(message: "fault '\(name)' takes no value")
            }
            return fault
        }
        guard let given, let fault = read(given) else {
            throw OwnFlagError(
                message: "fault '\(name)' takes \(form), such as \(name)=\(value.example)"
                    + (given.map { ", not '\($0)'" } ?? ""))
        }
        return fault
    }
}

extension FaultSpec {
    /// A client gives up long before.
    private static let longestDelay = Duration.seconds(3600)

    static let all = [
        FaultSpec("refuse", .refuse, "the remote-write port stays closed"),
        FaultSpec("reset", .reset, "connections to the remote-write port are reset"),
        FaultSpec(
            "delay", "DURATION", such: "1.5s", "answers to remote writes come later, up to 1h"
        ) { text in
            FlagValue.goDuration(text).flatMap { .zero...longestDelay ~= $0 ? .delay($0) : nil }
        },
        FaultSpec(
            "status", "CODE:SHARE", such: "503:0.2", "a share of the writes is answered 4xx or 5xx"
        ) {
            StatusShare($0).map(Fault.status)
        },
        FaultSpec(
            "drop-replica", "N", such: "2", "writes as replica N (from 1) are answered, not stored"
        ) { text in
            UInt64(text).flatMap { $0 > 0 ? .dropReplica($0) : nil }
        },
        FaultSpec("skew", "DURATION", such: "-2h", "the receiver's clock is so much ahead") {
            FlagValue.goDuration($0).map(Fault.skew)
        },
        FaultSpec("disk-full", .diskFull, "no space is left for the write-ahead log"),
        FaultSpec("read-only-dir", .readOnlyDir, "--tsdb.path is on a read-only file system"),
        FaultSpec("not-ready", .notReady, "never gets ready: probes and writes see 503"),
        FaultSpec("tls-expired", .tlsExpired, "remote writes find a certificate that has expired"),
    ]
}
