import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

extension Check {
    static let rwProbe400Expected = Check(
        "rw-probe-400-expected",
        severity: .info,
        stage: .postRollout,
        summary: "Writes that are no snappy block were answered with 400, as they should be",
        why: """
            An empty POST to /api/v1/receive is answered with 400 "snappy decode error: s2: \
            corrupt input" by a healthy receiver, and each one leaves a line in its log.
            """,
        fix: """
            Nothing is to be mended when somebody probed the address. When the lines come with \
            every batch, look for a client or a proxy that sends gzip, zstd or a truncated body.
            """,
        needs: .receiverLogs, .view,
        references: [
            "https://prometheus.io/docs/specs/prw/remote_write_spec/"
        ],
        examples: [
            .triggers("somebody probed the address", receiver(lines: 2, mark: " # <-- finding")),
            .triggers("with every batch", receiver(lines: 25, mark: " # <-- finding")),
            .triggers(
                "a probe every half minute",
                receiver(lines: 25, apart: 30, mark: " # <-- finding")),
            .passes("nobody did", receiver(lines: 0)),
        ]
    ) { running, view in
        running.compactMap { finding($0, view) }
    }

    /// - Parameter apart: seconds between two lines.
    private static func receiver(lines: Int, apart: Int = 0, mark: String = "") -> String {
        let text = (0..<lines).map { number in
            let seconds = number * apart
            let time = [seconds / 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
            return """
                ts=2026-11-20T11:\(time.joined(separator: ":"))Z level=error \
                tenant=default-tenant msg="snappy decode error" err="s2: corrupt input"
                """
        }.joined(separator: "\n")
        return """
            -- cluster/receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  containers:
                    - name: receive\(mark)
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive]
            ---
            \(PodExample.named("receiver-0"))
            -- logs/monitoring/receiver-0/receive.log --
            level=info msg="Start listening for connections" address=0.0.0.0:19291
            \(text)
            """
    }
}

/// From here on within five minutes it looks like a client rather than like a person or a probe.
private let manyLines = 20
private let window = 300.0

private func finding(_ running: RunningGroup, _ view: ClusterView) -> Finding? {
    let group = running.group
    let seen = running.logs.current.compactMap { log in
        let lines = log.lines.filter { $0.contains("snappy decode error") }
        return lines.isEmpty ? nil : (log: log, lines: lines)
    }
    let count = seen.map(\.lines.count).reduce(0, +)
    guard count > 0 else { return nil }
    let times = seen.flatMap(\.lines).compactMap { LogRecord($0).time }
    let newest = times.max() ?? 0
    let isMany = times.count { newest - $0 <= window } >= manyLines
    let writes = counted(count, "write")
    return Finding(
        isMany
            ? "\(writes) could not be decoded: a client may be sending something else than snappy"
            : "\(writes) without a snappy body answered with 400: the healthy answer to a probe",
        object: group.reference, at: group.range(ofFlag: "--remote-write.address"),
        confidence: isMany ? .possible : .likely,
        evidence: seen.map { log, lines in
            EvidenceItem(
                "logs",
                "pod \(log.pod.name): \(counted(lines.count, "line")), the last: "
                    + (lines.last ?? ""),
                command: log.showing(in: view))
        },
        repair: Repair(
            text: isMany
                ? "find the client by its address in a proxy's log; it must send snappy blocks"
                : "nothing to mend"))
}
