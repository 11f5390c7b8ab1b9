/// What one query may cost.
package enum QueryLimits {
    static let bytes = 32_768
    /// Levels of operators, calls and parentheses in each other.
    static let depth = 200
    /// Selectors and conditions with a pattern, each of which takes memory of its own.
    static let patterns = 100
    static let selectors = 100
    /// Samples and points of the result in memory (`--query.max-samples` of Prometheus).
    package static let samples = 50_000_000
    /// How often each of them may be looked at; ranges overlap from step to step.
    static let touchesPerSample = 10
    /// Points a series in the answer to a range query (`queryRange` in Prometheus' web/api/v1).
    static let steps: Int64 = 11_000
    /// Milliseconds since 1970, either way; far from where sums of times and offsets overflow.
    static let time: Int64 = 1 << 60
}
