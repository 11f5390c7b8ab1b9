/// Gathers series into the messages that a querier asked for.
struct SeriesBatches {
    /// A batch of more bytes is sent before it is full, whatever size was asked for.
    private static let byteLimit = 1 << 20

    /// How many series a message holds; one or less: a message each, without a batch.
    let size: Int64
    private var pending = ProtobufWriter()
    private var count: Int64 = 0

    init(size: Int64) {
        self.size = size
    }

    /// Takes one series; a `thanos.SeriesResponse` when one is due.
    mutating func add(_ series: SeriesAnswer) -> [UInt8]? {
        guard size > 1 else {
            var response = ProtobufWriter()
            response.bytes(series.series, field: 1)
            return response.bytes
        }
        pending.bytes(series.series, field: 1)
        count += 1
        return count >= size || pending.bytes.count >= Self.byteLimit ? rest() : nil
    }

    /// The batch that was begun, if any.
    mutating func rest() -> [UInt8]? {
        guard count > 0 else { return nil }
        var response = ProtobufWriter()
        response.bytes(pending.bytes, field: 4)
        pending = ProtobufWriter()
        count = 0
        return response.bytes
    }
}
