/// How large one write request may be; 0 or less is no limit.
struct RequestLimits: Hashable, Sendable {
    /// Bytes, as sent and again as decoded.
    var sizeBytes = 0
    var series = 0
    /// Float samples; histograms and exemplars do not count.
    var samples = 0

    /// The limits under the names of `thanos_receive_write_limits`.
    enum Kind: String, CaseIterable, Hashable, Sendable {
        case bodySize = "body_size"
        case series
        case samples

        /// The body of the answer 413.
        var refusal: String {
            switch self {
            case .bodySize: "write request too large"
            case .series: "too many timeseries"
            case .samples: "too many samples"
            }
        }
    }

    subscript(_ kind: Kind) -> Int {
        switch kind {
        case .bodySize: sizeBytes
        case .series: series
        case .samples: samples
        }
    }

    /// By how much an amount exceeds a limit (`thanos_receive_write_limits_hit`); nil when it
    /// passes, as an amount equal to the limit does.
    func excess(of amount: Int, over kind: Kind) -> Int? {
        let limit = self[kind]
        return limit > 0 && amount > limit ? amount - limit : nil
    }
}
