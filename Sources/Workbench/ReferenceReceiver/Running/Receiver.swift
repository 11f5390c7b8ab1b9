import HTTPServing
package import ReceiveFlags

/// The reference receiver: behaves like `thanos receive` 0.41 on the wire and on disk.
package struct Receiver: Sendable {
    private let flags: ParsedReceiveFlags
    private let own: OwnFlags
    private let environment: ReceiverEnvironment
    private let log: ReceiverLog

    package init(
        flags: ParsedReceiveFlags, own: OwnFlags = OwnFlags(), environment: ReceiverEnvironment
    ) {
        self.flags = flags
        self.own = own
        self.environment = environment.skewed(by: own.faults.skew)
        log = ReceiverLog(
            level: flags.logLevel, format: flags.logFormat, environment: self.environment)
    }

    /// Runs until the task is cancelled, and answers the exit code.
    ///
    /// 0 after cancellation, 1 when the start fails, 2 for flags that cannot be read.
    package func run() async -> Int32 {
        if let refusal = commandLineRefusal {
            environment.log(refusal)
            return 2
        }
        let metrics = ReceiverMetrics()
        let files = LocalFiles(
            mappings: environment.pathMappings, isReadOnly: own.faults.contains(.readOnlyDir))
        let start = ReceiverStart(
            flags: flags, own: own, files: files, log: log, metrics: metrics, now: environment.now)
        do throws(StartFailure) {
            let prepared = try await start.prepare()
            try await ReceiverServers(
                flags: flags, start: start, prepared: prepared, environment: environment, log: log,
                metrics: metrics
            ).run()
            log(.info, caller: "main.go:188", ("msg", "exiting"))
            return 0
        } catch {
            log(.error, caller: error.phase.caller, ("err", error.report))
            return 1
        }
    }

    /// What Thanos prints for a command line that it cannot read.
    private var commandLineRefusal: String? {
        if let problem = flags.problems.first(where: { $0.stage == .splitting }) {
            return "thanos: error: \(problem.message)"
        }
        guard let problem = flags.problems.first(where: { $0.stage == .reading }) else {
            return nil
        }
        let arguments = flags.arguments.joined(separator: " ")
        return "error parsing commandline arguments: [\(arguments)]: \(problem.message)"
    }
}
