import KubernetesModel
import PipelineModel
import ReceiveFlags

/// Where a receiver's `/metrics` can be read at the address of its Service.
///
/// Only where one pod stands behind the Service: of several nobody knows whose page comes, and two
/// looks may see two pods.
struct ExposedPage {
    let url: String

    init?(_ item: ScrapePlan.Item, _ pipeline: Pipeline) {
        let owner = pipeline.receivers.first { $0.pods.contains { $0.reference == item.pod } }
        guard let group = owner, group.pods.count == 1 else { return nil }
        for service in group.loadBalancers {
            let isItsOwn = pipeline.receivers.allSatisfy { other in
                other.reference == group.reference
                    || !other.services.contains { $0.reference == service.reference }
            }
            let port = service.ports.first { group.container.portNumber($0.target) == item.port }
            guard isItsOwn, let number = port?.number, let host = service.externalAddresses.first
            else { continue }
            let name = host.contains(":") ? "[\(host)]" : host
            url = "\(item.usesTLS ? "https" : "http")://\(name):\(number)/metrics"
            return
        }
        return nil
    }
}
