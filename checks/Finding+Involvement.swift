import Diagnosis
import Evidence
import KubernetesModel

extension Finding {
    /// The same with objects that take part, in whichever cluster they are.
    func involving(
        _ objects: [ObjectReference], of place: ClusterView, seenFrom view: ClusterView
    ) -> Finding {
        var finding = self
        if place.name == view.name {
            finding.about += objects
        } else {
            finding.elsewhere[place.name, default: []] += objects
        }
        return finding
    }
}
