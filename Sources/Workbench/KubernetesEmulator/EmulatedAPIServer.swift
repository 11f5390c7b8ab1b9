package import HTTPServing
package import MarkedYAML
import Synchronization

/// An API server over a world of given objects: reads as a real one, refuses every write.
///
/// A class because the world may be replaced while requests are answered.
package final class EmulatedAPIServer: Sendable {
    /// What changes while it runs.
    private struct State {
        var world: ClusterWorld
        var hits: [Int]
    }

    /// Answers what is asked of a pod or service through the API server's proxy; nil to refuse.
    package typealias Proxy = @Sendable (ProxiedRequest) async -> ServedResponse?

    let cluster: EmulatedCluster
    let proxy: Proxy?
    private let startedAt: WallTime
    private let state: Mutex<State>

    package init(cluster: EmulatedCluster, proxy: Proxy? = nil) {
        self.cluster = cluster
        self.proxy = proxy
        startedAt = cluster.now()
        let world = ClusterWorld(
            objects: cluster.objects, logs: cluster.logs,
            catalogue: ResourceCatalogue(customGroups: cluster.customGroups),
            createdAt: startedAt, resourceVersion: cluster.resourceVersion)
        state = Mutex(State(world: world, hits: cluster.faults.map { _ in 0 }))
    }

    var world: ClusterWorld {
        state.withLock { $0.world }
    }

    /// Puts another world in the place of the present one, as when a repair is applied.
    package func replace(objects: [JSONValue], logs: [LogKey: [UInt8]]) {
        let floor = world.resourceVersion + 1
        let next = ClusterWorld(
            objects: objects, logs: logs,
            catalogue: ResourceCatalogue(customGroups: cluster.customGroups),
            createdAt: startedAt, resourceVersion: nil, floor: floor)
        state.withLock { $0.world = next }
    }

    /// Sets the `status` of a pod; false when there is no such pod.
    @discardableResult
    package func setStatus(ofPod name: String, in namespace: String, to status: JSONValue) -> Bool {
        state.withLock { state in
            guard let pods = state.world.catalogue.kind(plural: "pods", in: "v1") else {
                return false
            }
            return state.world.update(pods, namespace: namespace, name: name) {
                $0["status"] = status
            }
        }
    }

    /// Sets or removes the log of one container.
    package func setLog(_ key: LogKey, to bytes: [UInt8]?) {
        state.withLock { $0.world.logs[key] = bytes }
    }

    /// Answers one request as the API server would.
    package func respond(to request: ServedRequest) async -> ServedResponse {
        do throws(APIStatus) {
            let access = try authenticated(request)
            let path = APIPath(request.path)
            var question: AccessQuestion?
            if case .resource(let resource) = path {
                question = self.question(request, resource)
            }
            let fault = fault(for: question, isContinued: request.query("continue") != nil)
            if let question, fault?.effect == .forbidden {
                throw .forbidden(question, to: access)
            }
            return try await Faulting(fault: fault).respond { () async throws(APIStatus) in
                try authorize(request, question, access)
                return try await answer(request, path, question, access)
            }
        } catch {
            return error.response
        }
    }

    private func answer(
        _ request: ServedRequest,
        _ path: APIPath,
        _ question: AccessQuestion?,
        _ access: Access
    ) async throws(APIStatus) -> ServedResponse {
        switch path {
        case .resource(let resource):
            return try await resourceAnswer(
                ResourceRequest(request: request, path: resource, access: access),
                question?.verb ?? "get")
        case .version, .health, .coreVersions, .groups, .group, .resources, .schemas,
            .elsewhere:
            guard request.isRead else { throw .methodNotAllowed }
            return try Discovery(world: world).answer(request, path)
        }
    }

    /// Which fault hits this request, counting the ones that are limited.
    private func fault(for question: AccessQuestion?, isContinued: Bool) -> EmulatorFault? {
        state.withLock { state in
            for (index, fault) in cluster.faults.enumerated()
            where fault.matches(question, isContinued: isContinued) {
                state.hits[index] += 1
                let hit = state.hits[index]
                if hit > fault.after, fault.times.map({ hit <= fault.after + $0 }) ?? true {
                    return fault
                }
            }
            return nil
        }
    }
}

extension EmulatedAPIServer {
    private func authenticated(_ request: ServedRequest) throws(APIStatus) -> Access {
        guard let header = request.headers["Authorization"] else { return cluster.anonymous }
        let words = header.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count == 2, words[0].lowercased() == "bearer",
            let access = cluster.access[String(words[1])]
        else { throw .unauthorized }
        return access
    }

    private func question(
        _ request: ServedRequest, _ path: APIPath.ResourcePath
    ) -> AccessQuestion {
        let parts = path.groupVersion.split(separator: "/").map(String.init)
        let isWatch = ["1", "true"].contains(request.query("watch") ?? "")
        let verb =
            switch request.method {
            case "GET", "HEAD": path.name != nil ? "get" : isWatch ? "watch" : "list"
            case "POST": "create"
            case "PUT": "update"
            case "PATCH": "patch"
            case "DELETE": path.name != nil ? "delete" : "deletecollection"
            default: request.method.lowercased()
            }
        let name =
            path.subresource == "proxy"
            ? path.name.map { ProxiedRequest.Address($0).name } : path.name
        return AccessQuestion(
            verb: verb, group: parts.count > 1 ? parts[0] : "",
            resource: path.subresource.map { "\(path.plural)/\($0)" } ?? path.plural,
            namespace: path.namespace, name: name)
    }

    private func authorize(
        _ request: ServedRequest, _ question: AccessQuestion?, _ access: Access
    ) throws(APIStatus) {
        if let question {
            guard access.allows(question) else { throw .forbidden(question, to: access) }
        } else if !access.allows(path: request.path) {
            throw .forbidden(
                path: request.path, verb: request.isRead ? "get" : request.method.lowercased(),
                to: access)
        }
    }
}

extension ServedRequest {
    var isRead: Bool { method == "GET" || method == "HEAD" }
}
