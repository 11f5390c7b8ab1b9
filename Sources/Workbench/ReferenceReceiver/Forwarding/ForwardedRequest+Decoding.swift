extension ForwardedRequest {
    /// Tenants that one message may name.
    static let tenantLimit = 10_000

    /// Takes a message apart by tenant; what the series hold is not looked at.
    ///
    /// Complexity: linear in the bytes, of which the series are copied once.
    init(decoding bytes: [UInt8]) throws(ForwardedRequestError) {
        var plain = Share()
        var shares: [[UInt8]: Share] = [:]
        var replica: UInt64 = 0
        var fields = ForwardedFields(bytes, in: bytes.indices, of: "WriteRequest")
        while let field = try fields.next() {
            switch (field.number, field.value) {
            case (3, .varint(let number)): replica = number
            case (3, _): throw .wrongWireType(field.wireType, field: "Replica")
            case (4, .bytes(let range)):
                let tuple = try Share(bytes, tuple: range)
                shares[tuple.tenant, default: Share(tenant: tuple.tenant)].series += tuple.series
                guard shares.count <= Self.tenantLimit else { throw .tooManyTenants }
            case (4, _): throw .wrongWireType(field.wireType, field: "TimeseriesTenantData")
            default: try plain.take(field, of: bytes)
            }
        }
        self.replica = replica
        parts = (shares.isEmpty ? [plain] : Array(shares.values))
            .sorted { $0.tenant.lexicographicallyPrecedes($1.tenant) }
            .map { Part(tenant: String(decoding: $0.tenant, as: UTF8.self), message: $0.series) }
    }

    /// The two fields that the message and its tuples have in common.
    private struct Share {
        /// As sent: texts that Unicode holds for equal are different tenants.
        var tenant: [UInt8] = []
        var series: [UInt8] = []

        init(tenant: [UInt8] = []) {
            self.tenant = tenant
        }

        init(_ bytes: [UInt8], tuple range: Range<Int>) throws(ForwardedRequestError) {
            var fields = ForwardedFields(bytes, in: range, of: "TimeSeriesTenantTuple")
            while let field = try fields.next() {
                try take(field, of: bytes)
            }
        }

        mutating func take(
            _ field: ForwardedFields.Field, of bytes: [UInt8]
        ) throws(ForwardedRequestError) {
            switch (field.number, field.value) {
            case (1, .bytes): series += bytes[field.range]
            case (1, _): throw .wrongWireType(field.wireType, field: "Timeseries")
            case (2, .bytes(let range)): tenant = Array(bytes[range])
            case (2, _): throw .wrongWireType(field.wireType, field: "Tenant")
            default: break
            }
        }
    }
}
