/// Pods as the examples of many checks show them.
enum PodExample {
    /// A pod of a StatefulSet up to its status, `receiver-0` of `receiver`.
    static func named(_ name: String) -> String {
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: \(name)
          namespace: monitoring
          ownerReferences: [{kind: StatefulSet, name: \(owner(of: name)), controller: true}]
        """
    }

    private static func owner(of pod: String) -> String {
        pod.split(separator: "-").dropLast().joined(separator: "-")
    }
}
