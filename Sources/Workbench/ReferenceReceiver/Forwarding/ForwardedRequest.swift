/// A `thanos.WriteRequest`: what one receiver sends another (pkg/store/storepb/rpc.proto).
///
/// ```
/// 1 timeseries   2 tenant   3 replica   4 timeseriesTenantData { 1 timeseries  2 tenant }
/// ```
///
/// Releases know 1 to 3 only and lose what comes in field 4 without a word; Thanos main sends only
/// 3 and 4. Both are read, and 1 to 3 are written.
struct ForwardedRequest: Hashable, Sendable {
    /// The series of one tenant.
    struct Part: Hashable, Sendable {
        let tenant: String
        /// A `prometheus.WriteRequest` of series and nothing else.
        ///
        /// Series are field 1 of either message, and each is copied as it is. Nothing else comes
        /// along: 3 is metadata there and the replica here, 4 unknown there and tenants here.
        let message: [UInt8]
    }

    /// Counted from 1; 0 when the request is not replicated, and huge for a negative number.
    let replica: UInt64
    /// One a tenant, sorted; exactly one, of no series perhaps, where field 4 is not used.
    let parts: [Part]
}

extension ForwardedRequest {
    /// Puts the message for one peer together, series by series.
    struct Builder: Sendable {
        private var bytes: [UInt8] = []

        /// `capacity` is about how many bytes will be added; growing costs more than copying.
        init(capacity: Int) {
            bytes.reserveCapacity(capacity)
        }

        /// Adds the bytes of a `prometheus.TimeSeries`.
        mutating func add(series: some Collection<UInt8>) {
            append(1, series)
        }

        /// The message; `replica` counts from 0.
        consuming func message(tenant: String, replica: Int) -> [UInt8] {
            append(2, tenant.utf8)
            bytes.append(3 << 3)
            appendVarint(replica + 1)
            return bytes
        }

        private mutating func append(_ field: UInt8, _ value: some Collection<UInt8>) {
            bytes.append(field << 3 | 2)
            appendVarint(value.count)
            bytes.append(contentsOf: value)
        }

        private mutating func appendVarint(_ value: Int) {
            var rest = value
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }
    }
}
