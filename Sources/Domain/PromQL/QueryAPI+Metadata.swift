import TimeSeries

/// `/api/v1/series`, `/api/v1/labels` and `/api/v1/label/…/values`.
extension QueryAPI {
    /// Parameters that may be given several times, in their order.
    package typealias Parameters = [(name: String, value: String)]

    /// An answer that says what is wrong.
    package static func refusal(_ error: QueryError) -> Answer {
        Answer(status: error.kind.httpStatus, json: error.json)
    }

    /// The label sets of the series that any selector of `match[]` means.
    package static func series(_ parameters: Parameters, in source: some SeriesSource) -> Answer {
        listing { () throws(QueryError) in
            guard parameters.contains(where: { $0.name == "match[]" }) else {
                throw QueryError(.badData, "no match[] parameter provided")
            }
            return try labelSets(parameters, in: source).map { labels in
                var text = JSONText()
                text.append("{")
                text.appendList(labels) { text, label in
                    text.append(quoting: label.name)
                    text.append(":")
                    text.append(quoting: label.value)
                }
                text.append("}")
                return text.bytes
            }
        }
    }

    /// The names of labels, sorted, of all series or of those that `match[]` means.
    package static func labelNames(
        _ parameters: Parameters, in source: some SeriesSource
    ) -> Answer {
        listing { () throws(QueryError) in
            let names = Set(
                try labelSets(parameters, in: source).flatMap { $0.map { Array($0.name) } })
            return quotedAndSorted(names)
        }
    }

    /// The values of one label, sorted.
    package static func labelValues(
        of name: String, _ parameters: Parameters, in source: some SeriesSource
    ) -> Answer {
        listing { () throws(QueryError) in
            guard isLabelName(name) else {
                throw QueryError(.badData, "invalid label name: \(quoted(name))")
            }
            let values = Set(
                try labelSets(parameters, in: source).compactMap { labels in
                    labels.value(of: name.utf8).map(Array.init)
                })
            return quotedAndSorted(values)
        }
    }

    /// `LabelName.IsValid` in prometheus/common, before names could be any text.
    private static func isLabelName(_ name: String) -> Bool {
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        guard let first = name.utf8.first, !isDigit(first) else { return false }
        return name.utf8.allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "_") || isDigit($0)
        }
    }

    private static func quotedAndSorted(_ texts: Set<[UInt8]>) -> [[UInt8]] {
        texts.sorted { $0.lexicographicallyPrecedes($1) }.map { bytes in
            var text = JSONText()
            text.append(quoting: bytes)
            return text.bytes
        }
    }

    private static func labelSets(
        _ parameters: Parameters, in source: some SeriesSource
    ) throws(QueryError) -> [LabelSet] {
        let single = Dictionary(parameters.map { ($0.name, $0.value) }) { first, _ in first }
        let start = try single.time("start", orElse: -QueryLimits.time)
        let end = try single.time("end", orElse: QueryLimits.time)
        var found: Set<LabelSet> = []
        var selectors: [Query] = []
        for parameter in parameters where parameter.name == "match[]" {
            selectors.append(
                try invalidating("match[]") { () throws(QueryError) in
                    try Query(parsing: parameter.value)
                })
        }
        guard !selectors.isEmpty else {
            for series in try source.series(matching: [], from: start, through: end) {
                found.insert(series.labels)
            }
            return found.sorted()
        }
        for query in selectors {
            guard let matchers = query.selectorMatchers else {
                throw QueryError(
                    .badData, "invalid parameter \"match[]\": expected a vector selector")
            }
            for series in try source.series(matching: matchers, from: start, through: end) {
                found.insert(series.labels)
            }
        }
        return found.sorted()
    }

    private static func listing(_ entries: () throws(QueryError) -> [[UInt8]]) -> Answer {
        do throws(QueryError) {
            var text = JSONText()
            text.append(#"{"status":"success","data":["#)
            let entries = try entries()
            text.appendList(entries) { $0.append(raw: $1) }
            text.append("]}")
            return Answer(status: 200, json: text.bytes)
        } catch {
            return refusal(error)
        }
    }
}
