import ReceiveFlags

/// The flags about TLS of one port; the path of a file that is not named is empty.
struct TLSFlags {
    /// How log lines call the port: `HTTP` or `gRPC`.
    let protocolName: String
    let certificateFile: String
    let keyFile: String
    let clientAuthorityFile: String
    /// One of `1.0`, `1.1`, `1.2` and `1.3`.
    let minimumVersion: String
    /// What Thanos wraps around an error about this port.
    let wraps: [String]

    static func remoteWrite(_ flags: ParsedReceiveFlags) -> TLSFlags {
        TLSFlags(flags, "--remote-write.server-tls", protocolName: "HTTP", wraps: [])
    }

    static func grpc(_ flags: ParsedReceiveFlags) -> TLSFlags {
        TLSFlags(flags, "--grpc-server-tls", protocolName: "gRPC", wraps: ["setup gRPC server"])
    }

    private init(
        _ flags: ParsedReceiveFlags, _ prefix: String, protocolName: String, wraps: [String]
    ) {
        self.protocolName = protocolName
        certificateFile = flags.text(of: prefix + "-cert") ?? ""
        keyFile = flags.text(of: prefix + "-key") ?? ""
        clientAuthorityFile = flags.text(of: prefix + "-client-ca") ?? ""
        minimumVersion = flags.text(of: prefix + "-min-version") ?? ""
        self.wraps = wraps
    }
}
