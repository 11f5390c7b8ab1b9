package import KubernetesModel
import PipelineModel

/// Something that was seen of one receiver group, one agent or one other part of Thanos.
package protocol Owned: Sendable {
    var owner: ObjectReference { get }
}

extension RunningGroup: Owned {
    package var owner: ObjectReference { group.reference }
}

extension MeasuredGroup: Owned {
    package var owner: ObjectReference { group.reference }
}

extension RunningAgent: Owned {
    package var owner: ObjectReference { agent.reference }
}

extension MeasuredAgent: Owned {
    package var owner: ObjectReference { agent.reference }
}

extension RunningComponent: Owned {
    package var owner: ObjectReference { component.reference }
}

extension MeasuredComponent: Owned {
    package var owner: ObjectReference { component.reference }
}
