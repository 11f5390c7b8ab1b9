import KubernetesModel
import MarkedYAML

extension Agent {
    /// The port of its own metrics; nil when it is not known to run Prometheus.
    package var webPort: Int? {
        guard let container else { return nil }
        let stated = value(of: "--web.listen-address", in: container)
        // prometheus --help: --web.listen-address defaults to 0.0.0.0:9090.
        return stated.map { ListenAddress($0)?.port } ?? 9090
    }

    /// Whether that port speaks TLS (`--web.config.file` may say so).
    package var usesWebTLS: Bool {
        container.map { value(of: "--web.config.file", in: $0) != nil } ?? false
    }

    private func value(of flag: String, in container: Container) -> String? {
        let words = Arguments(container).values.map(\.value)
        if let word = words.last(where: { $0.hasPrefix("\(flag)=") }) {
            return String(word.dropFirst(flag.count + 1))
        }
        return words.lastIndex(of: flag).flatMap { index in
            words.indices.contains(index + 1) ? words[index + 1] : nil
        }
    }
}
