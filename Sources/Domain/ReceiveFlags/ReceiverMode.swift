/// Whether a receiver routes, stores, or does both (`determineMode` in Thanos).
package enum ReceiverMode: String, Sendable {
    case routerOnly = "RouterOnly"
    case ingestorOnly = "IngestorOnly"
    case routerIngestor = "RouterIngestor"

    package var stores: Bool {
        switch self {
        case .ingestorOnly, .routerIngestor: true
        case .routerOnly: false
        }
    }
}
