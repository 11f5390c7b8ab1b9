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

    private let wanted: WantedNames
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
        wanted = WantedNames(families)
        self.limits = limits
    }

    /// The page of a whole text.
    package static func page(_ text: String, families: Set<String>) -> MetricsPage {
        var reader = MetricsReader(families: families)
        _ = reader.read(Array(text.utf8))
        return reader.finish()
    }

    /// Takes the next bytes; false when no more are wanted.
    package mutating func read(_ bytes: [UInt8]) -> Bool {
        let end = min(bytes.count, limits.bytes - bytesRead)
        bytesRead += end
        var start = 0
        while start < end {
            guard let newline = bytes[start..<end].firstIndex(of: UInt8(ascii: "\n")) else {
                hold(bytes[start..<end])
                break
            }
            // Most lines arrive whole, and are read where they lie.
            if pending.isEmpty, !skipsLine, newline - start <= limits.line {
                endLine(bytes[start..<newline])
            } else {
                hold(bytes[start..<newline])
                endLine(pending[...])
                pending.removeAll(keepingCapacity: true)
                skipsLine = false
            }
            guard page.defect == nil else { return false }
            start = newline + 1
        }
        guard end == bytes.count else {
            page.defect = .tooLong(bytes: limits.bytes)
            return false
        }
        return true
    }

    /// The page, when nothing more comes.
    package mutating func finish() -> MetricsPage {
        if !pending.isEmpty || skipsLine { endLine(pending[...]) }
        guard page.defect == nil else { return page }
        if metricLines == 0, linesRead > 0 {
            page.defect = .notMetrics
        } else if let malformedLine {
            page.defect = .malformed(line: malformedLine)
        }
        return page
    }

    /// Keeps the beginning of a line until its end arrives, if it is not too long.
    private mutating func hold(_ bytes: ArraySlice<UInt8>) {
        guard !skipsLine else { return }
        if pending.count + bytes.count > limits.line {
            pending.removeAll(keepingCapacity: true)
            skipsLine = true
        } else {
            pending += bytes
        }
    }

    private mutating func endLine(_ bytes: ArraySlice<UInt8>) {
        linesRead += 1
        guard !skipsLine else {
            malformedLine = malformedLine ?? linesRead
            return
        }
        guard let first = bytes.first(where: { !MetricsLine.isBlank($0) }),
            first != UInt8(ascii: "#")
        else { return }
        guard let line = MetricsLine(bytes, wanted: wanted) else {
            malformedLine = malformedLine ?? linesRead
            return
        }
        metricLines += 1
        guard let (name, point) = line.wanted else { return }
        guard seriesKept < limits.series else {
            page.defect = .tooManySeries(limits.series)
            return
        }
        seriesKept += 1
        page.add(point, to: name)
    }
}
