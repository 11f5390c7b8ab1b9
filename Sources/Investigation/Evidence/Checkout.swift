package import KubernetesModel

/// The working copy of the repository in which manifests lie.
package struct Checkout: Sendable, Hashable {
    /// Its folder, as the user would find it.
    package let root: String
    /// Where it was cloned from, as `host/path`; a repository may have several names.
    package let remotes: Set<String>
    /// Those of the Applications' source paths that are folders in it.
    package let folders: Set<String>

    package init(root: String, remotes: Set<String>, folders: Set<String>) {
        self.root = root
        self.remotes = remotes
        self.folders = folders
    }

    /// Whether an Application's source is this repository: by its address, or because another
    /// path of the same repository is here.
    package func isOf(_ source: ArgoApplication.Source, among all: [ArgoApplication]) -> Bool {
        if remotes.contains(source.repository) { return true }
        return all.lazy.flatMap(\.sources).contains { other in
            other.repository == source.repository && other.folder != source.folder
                && !other.folder.isEmpty && folders.contains(other.folder)
        }
    }
}

extension EvidenceKey where Value == [Checkout] {
    /// The working copies that the given manifests are in.
    ///
    /// Missing (not configured) where none are given, or no Git repository is around them.
    package static var checkouts: EvidenceKey<[Checkout]> {
        EvidenceKey("checkouts") { snapshot, _ in
            snapshot.checkouts.isEmpty
                ? .missing(.notConfigured("checkout", needs: "manifests in a Git repository"))
                : .known(snapshot.checkouts)
        }
    }
}
