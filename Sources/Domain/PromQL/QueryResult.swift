package import TimeSeries

/// The answer to a query; series are in the order of their labels.
package enum QueryResult: Sendable {
    case scalar(Sample)
    /// A text at a moment in milliseconds since 1970.
    case string(timestamp: Int64, String)
    case vector([(labels: LabelSet, point: ResultPoint)])
    case matrix([(labels: LabelSet, points: [ResultPoint])])
}

/// One value of a result.
package struct ResultPoint: Sendable {
    package enum Value: Sendable {
        case float(Double)
        indirect case histogram(NativeHistogram)
    }

    /// Milliseconds since 1970.
    package let timestamp: Int64
    package let value: Value

    package init(timestamp: Int64, value: Value) {
        self.timestamp = timestamp
        self.value = value
    }
}
