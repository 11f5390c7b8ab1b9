import KubernetesAPI
import MarkedYAML

/// The namespaces that the user named; one that does not exist was typed wrong.
struct NamespaceChoice: Sendable {
    let names: [String]
    let client: KubernetesClient
    /// Whether other clusters are looked at as well, which may have what this one has not.
    let isOneOfMany: Bool

    /// An empty namespace is another matter, and who may not ask is told so by the lists.
    func verify() async throws {
        guard !isOneOfMany else { return }
        for name in names where try await isUnknown(name) {
            let known = try? await client.metadata(of: .namespaces).items.compactMap {
                $0[path: "metadata", "name"]?.string
            }
            let hint = Suggestion.nearest(to: name, among: known ?? [])
            throw UsageError("unknown namespace '\(name)'\(known == nil ? "" : hint)")
        }
    }

    private func isUnknown(_ name: String) async throws -> Bool {
        do {
            _ = try await client.object(.namespaces, name: name)
            return false
        } catch {
            return error.kind == .objectMissing
        }
    }
}
