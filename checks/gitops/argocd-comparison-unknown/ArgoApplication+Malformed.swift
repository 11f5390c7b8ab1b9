import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension ArgoApplication {
    /// What Argo CD refuses in the specification itself (`util/app/path`, `util/argo`).
    func malformed(in view: ClusterView) -> [Finding] {
        // A patch of an Application need not say everything.
        guard object.spec?["destination"] != nil, !view.mayReplace(reference)
        else { return [] }
        let spec = object.spec
        let sources = (spec?["source"].map { [$0] } ?? []) + (spec?["sources"].items ?? [])
        let paths = sources.compactMap { $0["path"]?.markedString }
        var faults: [(Marked<String>, String, String)] = paths.compactMap { path in
            if path.value.hasPrefix("/") {
                return (
                    path, "the path \(path.value) is absolute",
                    "write it as seen from the root of the repository, without the slash"
                )
            }
            return leavesRepository(path.value)
                ? (
                    path, "the path \(path.value) is outside of the repository",
                    "name a folder inside the repository"
                )
                : nil
        }
        let destination = spec?["destination"]
        if let name = destination?["name"]?.markedString, !name.value.isEmpty,
            let server = destination?["server"]?.string, !server.isEmpty
        {
            faults.append(
                (name, "the destination has both a name and a server", "keep one of the two"))
        }
        return faults.map { place, message, remedy in
            Finding(
                message, object: reference, at: place.range, label: "Argo CD refuses it",
                evidence: [
                    EvidenceItem(
                        view.objectSource, message,
                        command: view.kubectl(
                            "get application \(reference.name) -o yaml",
                            namespace: reference.namespace))
                ],
                repair: Repair(text: remedy))
        }
    }
}

/// Whether a path goes up further than it has gone down.
private func leavesRepository(_ path: String) -> Bool {
    var depth = 0
    for part in path.split(separator: "/") where part != "." {
        depth += part == ".." ? -1 : 1
        if depth < 0 { return true }
    }
    return false
}
