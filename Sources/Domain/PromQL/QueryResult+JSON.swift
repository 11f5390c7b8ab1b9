import TimeSeries

extension QueryResult {
    /// The answer of the HTTP API of Prometheus.
    package var json: [UInt8] {
        var text = JSONText()
        text.append(#"{"status":"success","data":{"resultType":""#)
        switch self {
        case .scalar(let sample):
            text.append(#"scalar","result":["#)
            text.append(Self.scalarTime(sample.timestamp))
            text.append(",\"\(GoFloat.fixed(sample.value))\"]")
        case .string(let timestamp, let content):
            text.append(#"string","result":["#)
            text.append(Self.scalarTime(timestamp))
            text.append(",")
            text.append(quoting: content.utf8)
            text.append("]")
        case .vector(let rows):
            text.append(#"vector","result":["#)
            text.appendList(rows) { $0.append($1.labels, $1.point) }
            text.append("]")
        case .matrix(let rows):
            text.append(#"matrix","result":["#)
            text.appendList(rows) { $0.append($1.labels, $1.points) }
            text.append("]")
        }
        text.append("}}")
        return text.bytes
    }

    /// Scalars and strings carry a plain number of seconds.
    private static func scalarTime(_ milliseconds: Int64) -> String {
        GoFloat.fixed(Double(milliseconds) / 1000)
    }
}

extension QueryError {
    /// The answer of the HTTP API of Prometheus.
    package var json: [UInt8] {
        var text = JSONText()
        text.append(#"{"status":"error","errorType":"\#(kind.rawValue)","error":"#)
        text.append(quoting: message.utf8)
        text.append("}")
        return text.bytes
    }
}

extension JSONText {
    fileprivate mutating func append(_ labels: LabelSet, _ point: ResultPoint) {
        append(#"{"metric":"#)
        append(labels)
        switch point.value {
        case .float: append(#","value":"#)
        case .histogram: append(#","histogram":"#)
        }
        append(point)
        append("}")
    }

    fileprivate mutating func append(_ labels: LabelSet, _ points: [ResultPoint]) {
        append(#"{"metric":"#)
        append(labels)
        let floats = points.filter { !$0.isHistogram }
        let histograms = points.filter(\.isHistogram)
        for (name, points) in [("values", floats), ("histograms", histograms)] where !points.isEmpty
        {
            append(",\"\(name)\":[")
            appendList(points) { $0.append($1) }
            append("]")
        }
        append("}")
    }

    private mutating func append(_ labels: LabelSet) {
        append("{")
        appendList(labels) { text, label in
            text.append(quoting: label.name)
            text.append(":")
            text.append(quoting: label.value)
        }
        append("}")
    }

    private mutating func append(_ point: ResultPoint) {
        append("[")
        append(seconds: point.timestamp)
        append(",")
        switch point.value {
        case .float(let value): append("\"\(GoFloat.sample(value))\"")
        case .histogram(let histogram): append(histogram)
        }
        append("]")
    }

    /// Seconds, with three decimals where there is a fraction (`marshalTimestamp`).
    private mutating func append(seconds milliseconds: Int64) {
        let (seconds, fraction) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        append("\(milliseconds < 0 ? "-" : "")\(seconds)")
        guard fraction > 0 else { return }
        append(".\(String(String(1000 + fraction).dropFirst()))")
    }

    private mutating func append(_ histogram: NativeHistogram) {
        append("{\"count\":\"\(GoFloat.sample(histogram.observations))\"")
        append(",\"sum\":\"\(GoFloat.sample(histogram.sum))\"")
        let buckets = histogram.buckets
        if !buckets.isEmpty {
            append(",\"buckets\":[")
            appendList(buckets) { text, bucket in
                let numbers = [bucket.lower, bucket.upper, bucket.count]
                let texts = numbers.map { "\"\(GoFloat.sample($0))\"" }
                text.append("[\(bucket.borders.rawValue),\(texts.joined(separator: ","))]")
            }
            append("]")
        }
        append("}")
    }
}

extension ResultPoint {
    fileprivate var isHistogram: Bool {
        guard case .histogram = value else { return false }
        return true
    }
}
