/// Reads Prometheus' text format piece by piece and keeps the families that are wanted
/// (Prometheus documentation, "Exposition formats").
///
/// Whatever comes, memory stays bounded: a line, the bytes read and the series kept have limits,
/// and what nobody wants is not kept.
package struct MetricsReader: Sendable {
    package struct Limits: Sendable {
        package var bytes = 64 << 20
        package var line = 64 << 10
        package var series = 20_000

        package init() {}
    }

    private let wanted: Set<String>
    private let limits: Limits
    private var page = MetricsPage()
    private var pending: [UInt8] = []
    private var skipsLine = false
    private var bytesRead = 0
    private var linesRead = 0
    private var seriesKept = 0
    private var metricLines = 0
    private var malformedLine: Int?

    /// - Parameter families: names as they stand on the page, such as `http_requests_total`.
    package init(families: Set<String>, limits: Limits = Limits()) {
        wanted = families
        self.limits = limits
    }

    /// The page of a whole text.
    package static func page(_ text: String, families: Set<String>) -> MetricsPage {
        var reader = MetricsReader(families: families)
        _ = reader.read(Array(text.utf8))
        return reader.finish()
    }

    /// Takes the next bytes; false when no more are wanted.
    package mutating func read(_ bytes: some Sequence<UInt8>) -> Bool {
        for byte in bytes {
            bytesRead += 1
            guard bytesRead <= limits.bytes else {
                page.defect = .tooLong(bytes: limits.bytes)
                return false
            }
            if byte == UInt8(ascii: "\n") {
                endLine()
                guard page.defect == nil else { return false }
            } else if !skipsLine {
                pending.append(byte)
                if pending.count > limits.line { dropLine() }
            }
        }
        return true
    }

    /// The page, when nothing more comes.
    package mutating func finish() -> MetricsPage {
        if !pending.isEmpty || skipsLine { endLine() }
        guard page.defect == nil else { return page }
        if metricLines == 0, linesRead > 0 {
            page.defect = .notMetrics
        } else if let malformedLine {
            page.defect = .malformed(line: malformedLine)
        }
        return page
    }

    private mutating func dropLine() {
        pending.removeAll(keepingCapacity: true)
        skipsLine = true
    }

    private mutating func endLine() {
        linesRead += 1
        defer {
            pending.removeAll(keepingCapacity: true)
            skipsLine = false
        }
        guard !skipsLine else {
            malformedLine = malformedLine ?? linesRead
            return
        }
        guard let first = pending.first(where: { !MetricsLine.isBlank($0) }),
            first != UInt8(ascii: "#")
        else { return }
        guard let line = MetricsLine(pending, wanted: wanted) else {
            malformedLine = malformedLine ?? linesRead
            return
        }
        metricLines += 1
        guard let point = line.point else { return }
        guard seriesKept < limits.series else {
            page.defect = .tooManySeries(limits.series)
            return
        }
        seriesKept += 1
        page.add(point, to: line.name)
    }
}
