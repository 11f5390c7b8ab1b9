import HTTPServing

@testable import ReferenceReceiver

/// Two receivers that call each other by name: `node-a` stores tenant `a`, `node-b` tenant `b`.
struct RingOverTLS {
    /// What a node shows as server and as client; their folder is shown as `/tls`.
    struct Node {
        /// Without one, its gRPC port speaks plainly.
        var server: String? = "node"
        /// Demands a certificate of this authority.
        var clientAuthority: String? = "ca"
        /// Without one, it calls others plainly.
        var trusts: String? = "ca"
        /// What it shows to a server that asks.
        var client: String? = "peer"
        /// Whom it expects, if not the name that it calls.
        var expects: String?
    }

    /// Addresses that no other run has.
    let names: [String: String]
    let folder: TLSFolder

    /// Writes certificates of servers (`node` and `elsewhere`) and of a client (`peer`), and an
    /// authority that has nothing to do with them (`stranger`).
    init() throws {
        let network = "127.\(Int.random(in: 1...63)).\(Int.random(in: 0...255))"
        names = ["node-a": "\(network).1", "node-b": "\(network).2"]
        folder = try TLSFolder()
        let authority = folder.authority
        try folder.write(try authority.identity(for: ["node-a", "node-b"]), as: "node")
        try folder.write(try authority.identity(for: ["elsewhere"]), as: "elsewhere")
        try folder.write(
            try authority.clientIdentity(for: CertificateSubject(commonName: "peer")), as: "peer")
        try folder.write(
            try CertificateAuthority(commonName: "stranger").certificatePEM, to: "stranger.pem")
    }

    /// Runs both, the second inside the first.
    func running(
        _ first: Node = Node(), _ second: Node = Node(),
        _ body: @escaping @Sendable (RunningReceiver, RunningReceiver) async throws -> Void
    ) async throws {
        let (names, mapping) = (names, folder.mapping)
        let arguments = arguments(of: "node-b", second)
        try await runReceiver(
            self.arguments(of: "node-a", first), mappings: [mapping], names: names
        ) { first in
            try await runReceiver(arguments, mappings: [mapping], names: names) { second in
                try await body(first, second)
            }
        }
    }

    private func arguments(of name: String, _ node: Node) -> [String] {
        let rings = ["a", "b"].map {
            #"{"hashring":"\#($0)","tenants":["\#($0)"],"endpoints":["node-\#($0):10901"]}"#
        }
        var arguments = [
            "--receive.hashrings=[\(rings.joined(separator: ","))]",
            "--receive.local-endpoint=\(name):10901",
            "--grpc-address=\(names[name, default: ""]):10901",
        ]
        func add(_ prefix: String, _ values: [(flag: String, file: String?, suffix: String)]) {
            for (flag, file, suffix) in values {
                guard let file else { continue }
                arguments.append("\(prefix)-\(flag)=/tls/\(file)\(suffix).pem")
            }
        }
        add(
            "--grpc-server-tls",
            [
                ("cert", node.server, ""), ("key", node.server, "-key"),
                ("client-ca", node.server == nil ? nil : node.clientAuthority, ""),
            ])
        guard let authority = node.trusts else { return arguments }
        arguments.append("--remote-write.client-tls-secure")
        add(
            "--remote-write.client-tls",
            [("ca", authority, ""), ("cert", node.client, ""), ("key", node.client, "-key")])
        if let name = node.expects { arguments.append("--remote-write.client-server-name=\(name)") }
        return arguments
    }
}
