import Evidence
import PipelineModel

extension ReceiverGroup {
    /// Whether the HTTP port takes TLS only, as far as no overlay may say otherwise.
    func hasTLS(in view: ClusterView) -> Bool? {
        guard usesWebTLS != false else { return false }
        guard isWhole(in: view), let webConfiguration, !view.mayReplace(webConfiguration.map) else {
            return nil
        }
        return webConfiguration.usesTLS
    }
}
