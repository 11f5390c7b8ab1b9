/// What the head of one tenant's TSDB says about its cardinality.
struct TSDBStatus: Sendable {
    /// A name and how much there is of it.
    struct Count: Sendable, Hashable {
        let name: String
        let value: Int
    }

    let tenant: String
    var series = 0
    /// Distinct pairs of a label name and a value.
    var labelPairs = 0
    var chunks = 0
    /// Milliseconds since 1970; the largest number while the head is empty.
    var minTime = Int64.max
    /// Milliseconds since 1970; the smallest number while the head is empty.
    var maxTime = Int64.min
    var seriesByMetricName: [Count] = []
    var valuesByLabelName: [Count] = []
    var bytesByLabelName: [Count] = []
    /// The names are `label=value`.
    var seriesByLabelPair: [Count] = []
}

extension [TSDBStatus.Count] {
    /// The largest, largest first; equal ones by name.
    func top(_ limit: Int) -> [TSDBStatus.Count] {
        let sorted = sorted { ($1.value, $0.name) < ($0.value, $1.name) }
        return Array(sorted.prefix(Swift.max(limit, 0)))
    }
}
