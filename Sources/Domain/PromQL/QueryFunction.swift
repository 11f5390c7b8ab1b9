/// The functions of PromQL that are supported.
enum QueryFunction: String, Sendable {
    case rate, increase, irate, delta
    case countOverTime = "count_over_time"
    case sumOverTime = "sum_over_time"
    case minOverTime = "min_over_time"
    case maxOverTime = "max_over_time"
    case avgOverTime = "avg_over_time"
    case lastOverTime = "last_over_time"
    case abs, ceil, floor
    case absent, timestamp, time, scalar, vector

    var arguments: [ValueType] {
        switch self {
        case .rate, .increase, .irate, .delta, .countOverTime, .sumOverTime, .minOverTime,
            .maxOverTime, .avgOverTime, .lastOverTime:
            [.rangeVector]
        case .abs, .ceil, .floor, .absent, .timestamp, .scalar: [.instantVector]
        case .vector: [.scalar]
        case .time: []
        }
    }

    var result: ValueType {
        self == .time || self == .scalar ? .scalar : .instantVector
    }

    /// Functions that Prometheus has and we do not (promql/parser/functions.go).
    static let unsupported: Set<String> = [
        "absent_over_time", "acos", "acosh", "asin", "asinh", "atan", "atanh", "changes", "clamp",
        "clamp_max", "clamp_min", "cos", "cosh", "day_of_month", "day_of_week", "day_of_year",
        "days_in_month", "deg", "deriv", "exp", "histogram_avg", "histogram_count",
        "histogram_fraction", "histogram_quantile", "histogram_stddev", "histogram_stdvar",
        "histogram_sum", "holt_winters", "hour", "idelta", "label_join", "label_replace", "ln",
        "log10", "log2", "mad_over_time", "minute", "month", "pi", "predict_linear",
        "present_over_time", "quantile_over_time", "rad", "resets", "round", "sgn", "sin", "sinh",
        "sort", "sort_by_label", "sort_by_label_desc", "sort_desc", "sqrt", "stddev_over_time",
        "stdvar_over_time", "tan", "tanh", "year",
    ]
}
