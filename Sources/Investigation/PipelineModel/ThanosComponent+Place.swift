import KubernetesModel
package import MarkedYAML

extension ThanosComponent {
    /// Where to point when the container as a whole is meant.
    package var nameRange: SourceRange { (container.node["name"] ?? container.node).range }
}
