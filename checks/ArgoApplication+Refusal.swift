import KubernetesModel
import MarkedYAML

extension ArgoApplication {
    /// What the API server said when a field of a StatefulSet was applied that cannot be changed;
    /// nil when the last sync did not fail for it.
    func refusal(ofStatefulSet name: String) -> String? {
        let state = object.status?["operationState"]
        guard let message = state?["message"]?.string,
            message.contains("updates to statefulset spec for fields other than"),
            message.contains("\"\(name)\""), state?["phase"]?.string != "Succeeded"
        else { return nil }
        return message
    }
}
