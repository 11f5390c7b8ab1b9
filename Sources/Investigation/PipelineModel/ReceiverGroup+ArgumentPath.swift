import KubernetesModel
import MarkedYAML
import ReceiveFlags

extension ReceiverGroup {
    /// Where a flag's argument stands in the object, as a JSON pointer for a patch (RFC 6901).
    package func pointer(toFlag name: String) -> String? {
        guard let index = flags.occurrence(of: name)?.argumentIndex else { return nil }
        let position = index + flagsStart
        let containers = workload.podSpec?.containers ?? []
        guard ["StatefulSet", "Deployment", "DaemonSet"].contains(workload.object.kind),
            let number = containers.firstIndex(where: { $0.node == container.node })
        else { return nil }
        let path = "/spec/template/spec/containers/\(number)"
        let commands = container.command.count
        return position < commands
            ? "\(path)/command/\(position)" : "\(path)/args/\(position - commands)"
    }
}
