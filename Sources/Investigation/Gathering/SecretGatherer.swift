import Evidence
import KubernetesAPI
import MarkedYAML
import PipelineModel
import Subprocess

/// Reads the one key of a Secret that holds a configuration, and nothing else of it.
struct SecretGatherer: Sendable {
    let client: KubernetesClient

    /// A configuration is a few kilobytes; a Secret may hold 1 MiB (Kubernetes API, Secret).
    private static let limit = 16 << 20

    /// The keys that hold what the pipeline's configurations are.
    ///
    /// - Parameter includesObjectStores: whether a check asked for those, which hold credentials.
    static func keys(of pipeline: Pipeline, includesObjectStores: Bool) -> [SecretKey] {
        let agents = pipeline.agents.filter { $0.configuration == nil }.compactMap(\.secret)
        guard includesObjectStores else { return agents }
        return agents + pipeline.receivers.compactMap(\.objectStore.secret)
            + pipeline.components.compactMap(\.objectStore.secret)
    }

    func texts(
        of keys: [SecretKey]
    ) async -> (texts: [SecretKey: SourceText], failure: AccessFailure?) {
        var texts: [SecretKey: SourceText] = [:]
        var failure: AccessFailure?
        for key in keys where texts[key] == nil {
            do throws(KubernetesFailure) {
                let values = try await client.readSecret(
                    namespace: key.namespace ?? "default", name: key.secret, keys: [key.key])
                guard let bytes = values[key.key], let plain = await Self.plain(bytes, of: key)
                else { continue }
                let name = "secret \(key.secret), key \(key.key)"
                texts[key] = SourceText(name: name, bytes: plain)
            } catch {
                // A Secret that is gone holds no configuration; anything else is ignorance.
                if error.kind != .objectMissing { failure = AccessFailure(error) }
            }
        }
        return (texts, failure)
    }

    /// gzip(1) is part of every Debian and of most images; without it the value stays unread.
    private static func plain(_ bytes: [UInt8], of key: SecretKey) async -> [UInt8]? {
        guard key.isGzip else { return bytes }
        let result = try? await run(
            .name("gzip"), arguments: ["-dc"], input: .array(bytes),
            output: .bytes(limit: limit), error: .discarded)
        guard let result, result.terminationStatus.isSuccess else { return nil }
        return result.standardOutput
    }
}
