import Evidence
import MarkedYAML

/// The words for something that could not be read.
enum GapText {
    /// `file:line:col: error: reason`, or `cluster: error: reason` where there is no file.
    static func compilerLine(_ gap: Gap) -> String {
        let place = gap.locations.first?.address ?? TerminalText.line(gap.source)
        return "\(place): error: \(reason(gap))"
    }

    /// The reason without the address that a reader's error may begin with.
    static func reason(_ gap: Gap) -> String {
        let reason = TerminalText.line(gap.reason)
        guard let address = gap.locations.first?.address, reason.hasPrefix(address + ": ") else {
            return reason
        }
        return String(reason.dropFirst(address.count + 2))
    }
}
