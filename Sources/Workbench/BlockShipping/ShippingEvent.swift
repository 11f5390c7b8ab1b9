package import ObjectStore
package import TSDBFormat

/// What happens while a tenant's blocks are shipped; enough for Thanos' metrics and log lines.
package enum ShippingEvent: Sendable {
    /// There is no `thanos.shipper.json` yet.
    case noShipperFile
    case shipperFileUnreadable(ObjectStoreError)
    case shipperFileNotWritten(ObjectStoreError)
    case ignoredEmptyBlock(ULID)
    case uploading(ULID)
    /// One for `thanos_shipper_uploads_total`.
    case uploaded(ULID)
    case uploadFolderNotRemoved(ObjectStoreError)
    /// One for `thanos_shipper_dir_syncs_total`.
    case synced
    /// One for `thanos_shipper_dir_sync_failures_total`.
    case failed(ObjectStoreError)
}

extension ShippingEvent {
    /// A line of Thanos' log, without what every line of the tenant has.
    package struct LogLine: Sendable, Hashable {
        package enum Level: String, Sendable, Hashable { case debug, info, warn, error }

        package var level: Level
        /// As Thanos 0.41 prints it.
        package var caller: String
        package var message: String
        /// What follows the message.
        package var fields: [String: String]
    }

    /// `nil` where Thanos says nothing here; a failure is told by whoever asked for the upload.
    package var logLine: LogLine? {
        switch self {
        case .noShipperFile:
            LogLine(
                level: .info, caller: "shipper.go:317",
                message: "no meta file found, creating empty meta data to write later", fields: [:])
        case .shipperFileUnreadable(let error):
            LogLine(
                level: .warn, caller: "shipper.go:319",
                message: "reading meta file failed, will override it",
                fields: ["err": error.message])
        case .shipperFileNotWritten(let error):
            LogLine(
                level: .warn, caller: "shipper.go:405", message: "updating meta file failed",
                fields: ["err": error.message])
        case .ignoredEmptyBlock(let ulid):
            LogLine(
                level: .debug, caller: "shipper.go:351", message: "ignoring empty block",
                fields: ["block": ulid.description])
        case .uploading(let ulid):
            LogLine(
                level: .info, caller: "shipper.go:442", message: "upload new block",
                fields: ["id": ulid.description])
        case .uploadFolderNotRemoved(let error):
            LogLine(
                level: .error, caller: "shipper.go:458",
                message: "failed to clean upload directory", fields: ["err": error.message])
        case .uploaded, .synced, .failed: nil
        }
    }
}
