/// What becomes of values one after another, in an aggregation or over time.
struct Tally {
    private(set) var count = 0.0
    private(set) var sum = CompensatedSum()
    private(set) var mean = RunningMean()
    /// NaN only while there is nothing else.
    private(set) var minimum = Double.nan
    private(set) var maximum = Double.nan

    mutating func add(_ value: Double) {
        count += 1
        sum.add(value)
        mean.add(value)
        if minimum > value || minimum.isNaN { minimum = value }
        if maximum < value || maximum.isNaN { maximum = value }
    }
}

/// A sum that remembers what rounding cost it (Kahan's, as Neumaier improved it).
struct CompensatedSum {
    /// The sum as plain addition has it, which is what aggregations answer.
    private(set) var plain = 0.0
    private var compensation = 0.0

    mutating func add(_ value: Double) {
        let next = plain + value
        let (larger, smaller) =
            plain.magnitude >= value.magnitude ? (plain, value) : (value, plain)
        compensation += (larger - next) + smaller
        plain = next
    }

    /// The sum that functions over time answer.
    var compensated: Double { plain.isInfinite ? plain : plain + compensation }
}

/// A mean that is carried along, because a sum could overflow.
struct RunningMean {
    private var count = 0.0
    private(set) var sum = CompensatedSum()

    /// An infinite mean is final until the other infinity or no number comes.
    mutating func add(_ value: Double) {
        count += 1
        let mean = sum.plain
        if mean.isInfinite, value.isFinite || value == mean { return }
        sum.add(value / count - mean / count)
    }
}
