import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

extension ArgoApplication {
    /// Folders that it renders, and that are not in the working copy of their repository.
    func lostSources(
        in checkouts: [Checkout], among all: [ArgoApplication], _ view: ClusterView
    ) -> [Finding] {
        sources.compactMap { source in
            let own = checkouts.filter { $0.isOf(source, among: all) }
            guard let checkout = own.first,
                !own.contains(where: { $0.folders.contains(source.folder) })
            else { return nil }
            return Finding(
                "the path \(source.path.value) is not in the repository as it is checked out in "
                    + checkout.root,
                object: reference, at: source.path.range, label: "no such folder",
                severity: .warning, confidence: .likely,
                evidence: [
                    EvidenceItem(
                        view.objectSource,
                        "\(reference) renders \(source.path.value) of \(source.repository)",
                        command: "git -C \(checkout.root) ls-files \(source.folder) | head")
                ],
                repair: Repair(
                    text: "name a folder of the repository, or commit it before the Application"))
        }
    }
}
