import KubernetesModel
import MarkedYAML
import PipelineModel

/// The volumes of leftovers: the claims that a cluster has, else those their manifests ask for.
struct LeftoverVolumes {
    /// The names of claims, by namespace; of a StatefulSet that asks for many only the first.
    let claims: [ObjectReference]
    let bytes: Double
    /// Whether a cluster showed them.
    let isMeasured: Bool

    private static let mostNames = 20

    /// - Parameter found: all claims of the cluster; nil where they are not known.
    init(of leftovers: [Leftover], _ found: [KubernetesObject]?) {
        let workloads = leftovers.compactMap(\.workload)
        isMeasured = found != nil
        guard let found else {
            claims = workloads.flatMap { workload in
                workload.claimTemplates.flatMap { template in
                    (0..<min(max(workload.replicas, 0), 10)).map { ordinal in
                        ObjectReference(
                            kind: "PersistentVolumeClaim", namespace: workload.namespace,
                            name: "\(template)-\(workload.reference.name)-\(ordinal)")
                    }
                }
            }
            bytes = workloads.map(Self.wanted).reduce(0, +)
            return
        }
        let own = found.filter { claim in workloads.contains { $0.owns(claim) } }
        claims = own.map(\.reference).sorted { $0.name < $1.name }.prefix(Self.mostNames).map(
            \.self)
        bytes = own.compactMap { storageSize($0.node)?.value }.filter { $0 > 0 }.reduce(0, +)
    }

    /// What the templates of a StatefulSet ask for, for as many pods as it wants.
    private static func wanted(by workload: Workload) -> Double {
        let templates = workload.object.spec?["volumeClaimTemplates"].items ?? []
        let sizes = templates.compactMap { storageSize($0)?.value }
        return sizes.filter { $0 > 0 }.reduce(0, +) * Double(max(workload.replicas, 0))
    }
}

extension Workload {
    /// Whether a claim was made of its templates, for a pod that is there or for one that scaling
    /// down took away, or is named by its pods.
    fileprivate func owns(_ claim: KubernetesObject) -> Bool {
        guard claim.namespace == namespace else { return false }
        let isNamed =
            podSpec?.volumes.contains {
                if case .claim(claim.name) = $0.source { true } else { false }
            } ?? false
        return isNamed
            || claimTemplates.contains { template in
                // TEMPLATE-STATEFULSET-ORDINAL: Kubernetes' getPersistentVolumeClaimName.
                let stem = "\(template)-\(reference.name)-"
                let ordinal = claim.name.dropFirst(stem.count)
                return claim.name.hasPrefix(stem) && !ordinal.isEmpty
                    && ordinal.allSatisfy { $0.isASCII && $0.isNumber }
            }
    }
}
