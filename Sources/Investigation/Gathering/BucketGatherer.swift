package import CurlHTTP
import Evidence
import KubernetesModel
import MarkedYAML
package import NetworkProbes
import ObjectStore
import PipelineModel

/// Looks into the buckets that the pipeline's components are configured with.
///
/// Configurations hold credentials: they are used here and go no further.
package struct BucketGatherer: Sendable {
    let transport: any HTTPTransport
    let policy: ProbePolicy
    /// For one bucket, all requests together.
    let limit: Duration
    /// Whether to put, get, list and delete an object (`--bucket-write-probe`).
    let writes: Bool

    package init(
        transport: any HTTPTransport, policy: ProbePolicy, limit: Duration = .seconds(15),
        writes: Bool = false
    ) {
        self.transport = transport
        self.policy = policy
        self.limit = limit
        self.writes = writes
    }

    /// A bucket, and who is configured with it.
    private struct Use: Sendable {
        let configuration: ObjectStoreConfiguration
        var users: [ObjectReference]
    }

    func gather(_ pipeline: Pipeline) async -> (Observed<BucketState>, [Gap]) {
        var uses: [Use] = []
        var states: [BucketState] = []
        for (source, user) in Self.sources(in: pipeline) {
            guard let document = source.configuration else { continue }
            do throws(ObjectStoreError) {
                let configuration = try ObjectStoreConfiguration(document: document)
                if let known = uses.firstIndex(where: { $0.configuration == configuration }) {
                    uses[known].users.append(user)
                } else {
                    uses.append(Use(configuration: configuration, users: [user]))
                }
            } catch {
                states.append(
                    BucketState(
                        name: "the bucket of \(user)", users: [user],
                        outcome: .failed(BucketState.Failure(.configuration, error.message))))
            }
        }
        var missing: [MissingEvidence] = []
        await withTaskGroup(of: (Int, Look).self) { group in
            for (index, use) in uses.enumerated() {
                group.addTask { (index, await look(at: use)) }
            }
            let looks = await group.reduce(into: [Int: Look]()) { $0[$1.0] = $1.1 }
            for (_, look) in looks.sorted(by: { $0.key < $1.key }) {
                switch look {
                case .state(let state): states.append(state)
                case .missing(let evidence): missing.append(evidence)
                }
            }
        }
        let gaps = missing.map { Gap(source: $0.source, reason: $0.reason) }
        return (Observed(states, missing: missing), gaps)
    }

    private enum Look: Sendable {
        case state(BucketState)
        case missing(MissingEvidence)
    }

    private static func sources(
        in pipeline: Pipeline
    ) -> [(ObjectStoreSource, ObjectReference)] {
        pipeline.receivers.map { ($0.objectStore, $0.reference) }
            + pipeline.components.map { ($0.objectStore, $0.reference) }
    }

    private func look(at use: Use) async -> Look {
        guard case .s3(let s3) = use.configuration.provider else {
            return .missing(.bucket(.notApplicable, "a folder in the pods, not a bucket"))
        }
        let name = "bucket \(s3.bucket) at \(s3.endpoint.address)"
        if let reason = Self.obstacle(to: s3.endpoint.address, policy) ?? Self.obstacle(in: s3) {
            return .missing(.bucket(reason.cause, "\(name): \(reason.text)"))
        }
        let reader = BucketReader(name: name, writes: writes)
        do throws(ObjectStoreError) {
            let store = try await use.configuration.triedOnce
                .makeStore(transport: transport, environment: [:])
            let limit = limit
            let read = await withTaskGroup(of: BucketReader.Answer?.self) { group in
                group.addTask { await reader.answer(of: store) }
                group.addTask {
                    // Whichever ends first counts.
                    try? await Task.sleep(for: limit)
                    return nil
                }
                defer { group.cancelAll() }
                return await group.next() ?? nil
            }
            switch read {
            case nil:
                return .missing(.bucket(.timedOut, "\(name): no whole answer within \(limit)"))
            case .unreachableFromHere(let text)?:
                return .missing(.bucket(.unreachable, "\(name): not reachable from here: \(text)"))
            case .seen(let outcome, let steps)?:
                return .state(
                    BucketState(name: name, users: use.users, outcome: outcome, writeProbe: steps))
            }
        } catch {
            return .state(
                BucketState(
                    name: name, users: use.users,
                    outcome: .failed(BucketState.Failure(.configuration, error.message))))
        }
    }

    /// What only the pods have.
    private static func obstacle(
        in s3: S3Configuration
    ) -> (cause: MissingEvidence.Cause, text: String)? {
        let files = s3.connection.tls
        if s3.credentials == nil {
            return (.unreachable, "its credentials come from the pods' environment")
        }
        guard files.authorities.isEmpty, files.certificate.isEmpty else {
            return (.unreachable, "its certificates are files in the pods")
        }
        return nil
    }

    /// Why an endpoint may not be contacted, or cannot be from outside the cluster.
    private static func obstacle(
        to address: String, _ policy: ProbePolicy
    ) -> (cause: MissingEvidence.Cause, text: String)? {
        let host = String(EndpointAddress(url: "http://\(address)")?.host ?? address)
        let parts = host.split(separator: ".")
        if policy.isEnabled, host != "localhost", parts.count == 1 || parts.contains("svc") {
            return (.unreachable, "a name of the cluster, which is not reachable from here")
        }
        return policy.refusal(ofHost: host).map { (.forbidden, $0) }
    }
}

extension MissingEvidence {
    fileprivate static func bucket(_ cause: Cause, _ reason: String) -> MissingEvidence {
        MissingEvidence(cause, source: "bucket", reason)
    }
}
