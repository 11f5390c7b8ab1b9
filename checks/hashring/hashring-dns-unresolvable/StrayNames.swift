import Diagnosis
import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

/// The endpoints of a file that name a receiver's pods in a namespace in which there are none, as
/// after an overlay that moves the receivers and leaves the hashring as it was.
struct StrayNames {
    let file: RingFile
    let group: ReceiverGroup
    /// The namespace of the receivers, and the one that the endpoints name.
    let home: String
    let stated: String
    let endpoints: [HashringEndpoint]

    init?(_ file: RingFile, _ view: ClusterView) {
        // A ring that names some of the receivers here may have its others elsewhere.
        guard file.members.isEmpty else { return nil }
        let all = file.configuration.rings.flatMap(\.endpoints)
        for group in file.readers where group.isWhole(in: view) {
            guard let home = group.workload.namespace, let service = group.governingService,
                let stated = all.lazy.compactMap({ PodAddress(host: $0.host)?.namespace }).first,
                stated != home
            else { continue }
            let name = group.workload.object.name
            let strays = all.filter { endpoint in
                guard let address = PodAddress(host: endpoint.host) else { return false }
                return address.namespace == stated && address.service == service
                    && address.ordinal(in: name) != nil
            }
            let namesake = ObjectReference(kind: "StatefulSet", namespace: stated, name: name)
            guard strays.count == all.count, view.objects[namesake] == nil else { continue }
            (self.file, self.group, self.home, self.stated) = (file, group, home, stated)
            endpoints = strays
            return
        }
        return nil
    }

    func finding(_ view: ClusterView) -> Finding? {
        guard let first = endpoints.first else { return nil }
        // Who was shown one namespace alone cannot know what is in another.
        let isCertain =
            view.isComplete(kind: "StatefulSet")
            && (!view.isCluster || view.hasSeveralNamespaces)
        return Finding(
            "\(first.host) does not resolve: StatefulSet \(group.workload.object.name) is in "
                + "namespace \(home), and there is none in \(stated)",
            object: group.reference, at: file.place(of: first.address.range),
            label: "names namespace \(stated)", severity: isCertain ? nil : .warning,
            confidence: isCertain ? .certain : .likely,
            evidence: [
                EvidenceItem(
                    view.objectSource,
                    "\(file.title) names \(counted(endpoints.count, "endpoint")) in \(stated)",
                    command: file.showing(in: view))
            ],
            repair: Repair(
                edits: file.configMap == nil ? [] : endpoints.map(edit),
                command: file.editing(in: view),
                text: "write \(moved(first) ?? home), and the other endpoints likewise"),
            about: file.participants)
    }

    private func edit(_ endpoint: HashringEndpoint) -> TextEdit? {
        moved(endpoint).flatMap {
            .replacing(endpoint.host, with: $0, within: endpoint.address.range)
        }
    }

    private func moved(_ endpoint: HashringEndpoint) -> String? {
        PodAddress(host: endpoint.host)?.moved(to: home)
    }
}

extension ClusterView {
    fileprivate var hasSeveralNamespaces: Bool {
        Set(objects.of(kind: "Service").compactMap(\.namespace)).count > 1
    }
}
