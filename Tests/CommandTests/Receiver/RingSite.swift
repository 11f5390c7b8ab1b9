import HTTPServing
import LoopbackServer

/// The network of one test: three receivers, an agent, its target, and a Prometheus beside them
/// that is written to by the same agent and so knows what was sent.
struct RingSite: Sendable {
    let prefix: String
    let folder: TemporaryFolder

    var target: ListenAddress { ListenAddress(host: "\(prefix)41", port: 9100) }
    var agent: String { "\(prefix)31:9090" }
    private var reference: String { "\(prefix)32:9090" }
    private var onReceiversData: String { "\(prefix)33:9090" }

    /// - Parameter index: 0, 1 or 2; the agent writes to the first.
    func node(_ index: Int) -> ReceiverNode {
        let addresses = (0..<3).map { "\(prefix)\(11 + $0)" }
        let endpoints = addresses.map { "\"\($0):10901\"" }.joined(separator: ",")
        return ReceiverNode(
            address: addresses[index], folder: "\(folder.path)/node-\(index)",
            flags: [
                "--receive.hashrings=[{\"endpoints\":[\(endpoints)]}]",
                "--receive.hashrings-algorithm=hashmod", "--receive.replication-factor=3",
                "--receive.local-endpoint=\(addresses[index]):10901",
                "--tsdb.enable-native-histograms",
            ])
    }

    func running<Value: Sendable>(
        agent body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try folder.write("agent.yml", agentConfiguration)
        return try await prometheus(
            [
                "--enable-feature=agent,native-histograms", "--web.listen-address=\(agent)",
                "--config.file=\(folder.path)/agent.yml",
                "--storage.agent.path=\(folder.path)/agent",
            ], body)
    }

    /// The Prometheus that takes what the ring takes.
    func runningReference<Value: Sendable>(
        _ body: @escaping @Sendable (PrometheusAPI) async throws -> Value
    ) async throws -> Value {
        try await server(
            reference, on: "\(folder.path)/reference", ["--web.enable-remote-write-receiver"], body)
    }

    /// A Prometheus on a folder that a receiver has written.
    func running<Value: Sendable>(
        on data: String, _ body: @escaping @Sendable (PrometheusAPI) async throws -> Value
    ) async throws -> Value {
        try await server(onReceiversData, on: data, [], body)
    }

    private func server<Value: Sendable>(
        _ address: String, on data: String, _ flags: [String],
        _ body: @escaping @Sendable (PrometheusAPI) async throws -> Value
    ) async throws -> Value {
        let configuration = try folder.write("server.yml", "")
        let arguments = [
            "--enable-feature=native-histograms", "--config.file=\(configuration)",
            "--storage.tsdb.path=\(data)", "--web.listen-address=\(address)",
        ]
        return try await prometheus(arguments + flags) {
            try await body(PrometheusAPI(url: "http://\(address)"))
        }
    }

    private func prometheus<Value: Sendable>(
        _ arguments: [String], _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await Program(path: try TestTool.prometheus.path(), arguments: arguments)
            .run(until: "Server is ready to receive web requests") { _ in try await body() }.value
    }

    /// One shard a queue, so that what is older than the newest sent sample is sent as well.
    private var agentConfiguration: String {
        let queue = "{max_shards: 1, batch_send_deadline: 200ms}"
        return """
            global:
              scrape_interval: 1s
              scrape_timeout: 900ms
            scrape_configs:
              - job_name: agent
                static_configs: [{targets: ["\(agent)"]}]
              - job_name: floats
                static_configs: [{targets: ["\(target)"]}]
              - job_name: histograms
                metrics_path: /histograms
                static_configs: [{targets: ["\(target)"]}]
            remote_write:
              - name: ring
                url: http://\(node(0).address):19291/api/v1/receive
                send_native_histograms: true
                queue_config: \(queue)
              - name: reference
                url: http://\(reference)/api/v1/write
                send_native_histograms: true
                queue_config: \(queue)

            """
    }
}
