import CurlHTTP
import MarkedYAML

extension KubernetesClient {
    /// The named keys of one Secret; every other value is dropped before this returns.
    package func readSecret(
        namespace: String, name: String, keys: Set<String>
    ) async throws(KubernetesFailure) -> SecretValues {
        var exchange = APIExchange(
            path: APIResource.secrets.path(namespace: namespace, name: name))
        exchange.isSecret = true
        let document = try exchange.document(try await answer(to: exchange))
        var values: [String: [UInt8]] = [:]
        var names: [String] = []
        for (key, value) in document["data"]?.entries ?? [] {
            guard let name = key.scalarText else { continue }
            names.append(name)
            guard keys.contains(name) else { continue }
            guard let bytes = Base64.decode((value.scalarText ?? "").utf8) else {
                throw exchange.failure(
                    .malformed(place: "\(exchange.target), key \(name)"), "not base64")
            }
            values[name] = bytes
        }
        return SecretValues(values: values, keys: names)
    }
}
