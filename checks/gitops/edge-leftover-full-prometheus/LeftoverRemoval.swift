import Evidence
import KubernetesModel
import PipelineModel

/// How leftovers are removed from a cluster.
struct LeftoverRemoval {
    /// A line each; claims are left to those who know what is on them.
    let commands: String

    init(of roots: [Leftover], _ view: ClusterView) {
        // An owner that nobody could list makes again what is deleted below it.
        var owners: [ObjectReference] = []
        for owner in roots.map({ $0.object.controller ?? $0.reference })
        where !owners.contains(owner) {
            owners.append(owner)
        }
        let objects = owners.map { owner in
            view.kubectl(
                "delete \(owner.kind.lowercased()) \(owner.name)", namespace: owner.namespace)
        }
        let note = roots.lazy.compactMap { Self.note(on: $0.object) }.first
        commands = ([note].compactMap(\.self) + objects).joined(separator: "\n")
    }

    /// Who brings it back when it is only deleted here.
    private static func note(on object: KubernetesObject) -> String? {
        // Argo CD's resource.trackingMethod: by annotation, or by label as before 3.0.
        if object.annotations["argocd.argoproj.io/tracking-id"] != nil {
            return "# first take them out of Git: Argo CD restores what is deleted"
        }
        if let release = object.annotations["meta.helm.sh/release-name"] {
            return "# first take them out of the Helm release \(release): an upgrade restores them"
        }
        return object.labels["app.kubernetes.io/instance"].map {
            "# first look whether Argo CD has an Application \($0), which restores what is deleted"
        }
    }
}
