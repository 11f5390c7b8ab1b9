/// Why a sample is not stored (`appendable` in Prometheus' tsdb/head_append.go).
package enum AppendFault: Error, Hashable, Sendable, CaseIterable {
    /// Older than the newest sample of its series, and no out-of-order window is open.
    case outOfOrder
    /// As old as the newest sample of its series, with another value.
    case duplicate
    /// Older than what the head still takes.
    case outOfBounds
    /// Older than the out-of-order window.
    case tooOld
}
