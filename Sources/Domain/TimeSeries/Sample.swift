/// One float at one moment.
package struct Sample: Hashable, Sendable {
    /// Milliseconds since 1970.
    package var timestamp: Int64
    package var value: Double

    package init(timestamp: Int64, value: Double) {
        self.timestamp = timestamp
        self.value = value
    }

    /// The value that says that a series ended; its bits are its meaning
    /// (`StaleNaN` in Prometheus' model/value).
    package static let staleMarker = Double(bitPattern: 0x7ff0_0000_0000_0002)
}
