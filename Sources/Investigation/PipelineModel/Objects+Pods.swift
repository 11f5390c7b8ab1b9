package import KubernetesModel

extension Objects {
    /// The pods that a workload controls, by name; a bare Pod is its own.
    package func pods(of workload: Workload) -> [Pod] {
        if workload.object.kind == "Pod" {
            return self[workload.reference].flatMap(Pod.init).map { [$0] } ?? []
        }
        return podOwners.pods(of: workload.reference)
    }
}
