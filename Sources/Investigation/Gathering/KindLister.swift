import Evidence
import KubernetesAPI
import KubernetesModel

/// The objects of one kind, or why they could not be listed.
struct KindList: Sendable {
    let resource: ResourceType
    var objects: [KubernetesObject] = []
    var failure: AccessFailure?
}

/// Lists kinds in the namespaces of the run.
struct KindLister: Sendable {
    let client: KubernetesClient
    let scope: ClusterGatherer.Scope

    func list(_ resource: ResourceType) async -> KindList {
        guard resource.isNamespaced else { return await list(resource, namespace: nil) }
        switch scope {
        case .namespaces(let namespaces):
            var whole = KindList(resource: resource)
            for namespace in namespaces {
                let part = await list(resource, namespace: namespace)
                whole.objects += part.objects
                whole.failure = whole.failure ?? part.failure
            }
            return whole
        case .everywhere:
            let all = await list(resource, namespace: nil)
            guard all.failure?.isForbidden == true else { return all }
            // Many users may read their own namespace only: that is where receivers would be.
            let own = await list(resource, namespace: client.connection.namespace)
            return own.failure == nil ? own : all
        }
    }

    private func list(_ resource: ResourceType, namespace: String?) async -> KindList {
        for version in resource.versions {
            let addressed = APIResource(
                group: resource.group, version: version, resource.plural,
                isNamespaced: resource.isNamespaced)
            do {
                let result = try await client.list(addressed, namespace: namespace)
                let objects = result.items.compactMap {
                    KubernetesObject(
                        $0, defaultAPIVersion: addressed.groupVersion,
                        defaultKind: resource.kind)
                }
                return KindList(resource: resource, objects: objects)
            } catch {
                // A kind that is not served has no objects: that is an answer.
                if error.kind == .resourceNotServed { continue }
                return KindList(resource: resource, failure: AccessFailure(error))
            }
        }
        return KindList(resource: resource)
    }
}
