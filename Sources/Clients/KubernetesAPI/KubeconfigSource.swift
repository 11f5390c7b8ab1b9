import CurlHTTP
import Glibc

/// Where kubeconfigs are looked for, as kubectl does it.
package struct KubeconfigSource: Sendable {
    /// `--kubeconfig`: this file only, and it must exist.
    package var explicitPath: String?
    package var environment: [String: String]
    /// `/var/run/secrets/kubernetes.io/serviceaccount`, except in tests.
    package var serviceAccountFolder: String

    package init(
        explicitPath: String? = nil, environment: [String: String],
        serviceAccountFolder: String = "/var/run/secrets/kubernetes.io/serviceaccount"
    ) {
        self.explicitPath = explicitPath
        self.environment = environment
        self.serviceAccountFolder = serviceAccountFolder
    }

    /// The files in the order of precedence; of `KUBECONFIG` and the default, missing ones are
    /// passed over.
    var paths: [String] {
        if let explicitPath { return [explicitPath] }
        if let list = environment["KUBECONFIG"], !list.isEmpty {
            var seen: Set<String> = []
            return list.split(separator: ":").map(String.init).filter { seen.insert($0).inserted }
        }
        guard let home = environment["HOME"], !home.isEmpty else { return [] }
        return ["\(home)/.kube/config"]
    }

    /// In words, for a message that nothing was found.
    var inWords: String {
        if let list = environment["KUBECONFIG"], !list.isEmpty { return "KUBECONFIG=\(list)" }
        return paths.first ?? "HOME is not set"
    }

    /// A pod's own credentials (client-go, rest.InClusterConfig); `nil` outside a pod.
    func inClusterConnection() throws(KubeconfigError) -> ClusterConnection? {
        guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty,
            let port = environment["KUBERNETES_SERVICE_PORT"], Int(port) != nil
        else { return nil }
        let token = BoundedFile("\(serviceAccountFolder)/token")
        guard token.exists else { return nil }
        let authority = BoundedFile("\(serviceAccountFolder)/ca.crt")
        let namespace = BoundedFile("\(serviceAccountFolder)/namespace")
        let name = host.contains(":") ? "[\(host)]" : host
        return ClusterConnection(
            server: "https://\(name):\(port)",
            tls: TLSOptions(authorities: authority.exists ? try authority.bytes() : nil),
            authorization: .bearer(try token.line()), proxy: .environment,
            namespace: namespace.exists ? try namespace.line() : "default", context: "in-cluster",
            user: "service account")
    }
}

/// A file read whole, up to a bound no credential comes near.
struct BoundedFile {
    static let limit = 16 << 20
    let path: String

    init(_ path: String) { self.path = path }

    /// A path as it stands in a kubeconfig: relative to the folder of that file.
    init(_ path: String, relativeTo folder: String) {
        self.path = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    var exists: Bool { access(path, F_OK) == 0 }

    func bytes() throws(KubeconfigError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unreadable(errno) }
        defer { close(file) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(errno) }
            guard count > 0 else { return content }
            content += chunk.prefix(count)
            guard content.count <= Self.limit else {
                throw KubeconfigError(.fileInvalid, "\(path) is larger than 16 MiB")
            }
        }
    }

    /// The content as one value, without the line break that editors add.
    func line() throws(KubeconfigError) -> String {
        String(decoding: try bytes(), as: UTF8.self).trimmedOfSpace
    }

    private func unreadable(_ code: Int32) -> KubeconfigError {
        KubeconfigError(
            code == ENOENT ? .fileMissing : .fileUnreadable,
            "cannot read \(path): \(String(cString: strerror(code)).lowercased())")
    }
}

extension String {
    var trimmedOfSpace: String {
        let tail = drop(while: \.isWhitespace)
        guard let last = tail.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(tail[...last])
    }
}
