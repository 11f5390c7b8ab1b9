/// What a query may still take; running out of either looks the same from outside.
struct SampleBudget {
    /// Samples and points of the result in memory at once.
    private var held: Int
    /// Samples looked at and values computed, over all steps.
    private var touched: Int

    init(samples: Int) {
        held = samples
        touched = min(samples, .max / QueryLimits.touchesPerSample) * QueryLimits.touchesPerSample
    }

    mutating func hold(_ samples: Int) throws(QueryError) {
        held -= samples
        guard held >= 0 else { throw .tooManySamples }
    }

    mutating func touch(_ samples: Int) throws(QueryError) {
        touched -= samples
        guard touched >= 0 else { throw .tooManySamples }
    }
}
