/// Edits as a text that patch(1) and `git apply` understand.
package enum UnifiedDiff {
    /// The diff of all edits, one part a source, in the order the sources first appear.
    ///
    /// Equal edits count once; of two edits that overlap the later one is left out.
    package static func text(of edits: [TextEdit], context: Int = 3) -> String {
        var sources: [SourceText] = []
        var bySource: [ObjectIdentifier: [TextEdit]] = [:]
        for edit in edits {
            let identity = ObjectIdentifier(edit.range.source)
            if bySource[identity] == nil { sources.append(edit.range.source) }
            bySource[identity, default: []].append(edit)
        }
        var output: [UInt8] = []
        for source in sources {
            let changes = LineChanges(
                bySource[ObjectIdentifier(source)] ?? [], to: source)
            changes.append(to: &output, context: max(0, context))
        }
        return String(decoding: output, as: UTF8.self)
    }
}

/// What edits change in the lines of one text; only LF ends a line here, as in patch(1).
private struct LineChanges {
    /// Some neighbouring lines and what takes their place.
    struct Change {
        var old: Range<Int>
        var new: [ArraySlice<UInt8>]
    }

    private let name: String
    private let bytes: [UInt8]
    private let starts: [Int]
    private var changes: [Change] = []

    init(_ edits: [TextEdit], to source: SourceText) {
        name = source.name
        bytes = source.bytes
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == 0x0A && index + 1 < bytes.count {
            starts.append(index + 1)
        }
        self.starts = bytes.isEmpty ? [] : starts
        for run in runs(of: edits) {
            if let change = change(by: run) { changes.append(change) }
        }
    }

    /// Edits in order, together with those that touch the same lines.
    private func runs(of edits: [TextEdit]) -> [[TextEdit]] {
        let indexed = edits.enumerated().sorted {
            ($0.element.range.bytes.lowerBound, $0.offset)
                < ($1.element.range.bytes.lowerBound, $1.offset)
        }
        var runs: [[TextEdit]] = []
        var seen: Set<TextEdit> = []
        var end = 0
        for edit in indexed.map(\.element) where seen.insert(edit).inserted {
            let range = edit.range.bytes
            guard range.lowerBound >= end, range.upperBound <= bytes.count else { continue }
            if !runs.isEmpty, line(range.lowerBound) <= line(end) {
                runs[runs.count - 1].append(edit)
            } else {
                runs.append([edit])
            }
            end = range.upperBound
        }
        return runs
    }

    private func line(_ offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    private func start(_ line: Int) -> Int { line < starts.count ? starts[line] : bytes.count }

    private func change(by run: [TextEdit]) -> Change? {
        guard let first = run.first, let last = run.last else { return nil }
        let lines =
            line(
                first.range.bytes.lowerBound)..<min(
                line(last.range.bytes.upperBound) + 1, starts.count)
        var text: [UInt8] = []
        var index = start(lines.lowerBound)
        for edit in run {
            text += bytes[index..<edit.range.bytes.lowerBound]
            text += Array(edit.replacement.utf8)
            index = edit.range.bytes.upperBound
        }
        text += bytes[index..<start(lines.upperBound)]
        return trimmed(Change(old: lines, new: Self.lines(of: text)))
    }

    private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var rest = text[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
            lines.append(rest[rest.startIndex..<end])
            rest = rest[end...]
        }
        return lines
    }

    private func oldLine(_ line: Int) -> ArraySlice<UInt8> { bytes[start(line)..<start(line + 1)] }

    /// Without the lines at either end that stay the same; nil when nothing remains.
    private func trimmed(_ change: Change) -> Change? {
        var change = change
        while !change.old.isEmpty, change.new.first == oldLine(change.old.lowerBound) {
            change.old = (change.old.lowerBound + 1)..<change.old.upperBound
            change.new.removeFirst()
        }
        while !change.old.isEmpty, change.new.last == oldLine(change.old.upperBound - 1) {
            change.old = change.old.lowerBound..<(change.old.upperBound - 1)
            change.new.removeLast()
        }
        return change.old.isEmpty && change.new.isEmpty ? nil : change
    }

    func append(to output: inout [UInt8], context: Int) {
        guard !changes.isEmpty else { return }
        output += Array("--- \(Self.header("a", name))\n+++ \(Self.header("b", name))\n".utf8)
        var grown = 0
        var rest = changes[...]
        while let first = rest.first {
            var hunk = [first]
            rest.removeFirst()
            while let next = rest.first, let last = hunk.last,
                next.old.lowerBound - last.old.upperBound <= 2 * context
            {
                hunk.append(next)
                rest.removeFirst()
            }
            grown += append(hunk, to: &output, context: context, grown: grown)
        }
    }

    /// The name below `a/` or `b/`; a tab ends one with blanks, as git writes it.
    private static func header(_ side: String, _ name: String) -> String {
        var path = Substring(name)
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        while path.hasPrefix("/") { path = path.dropFirst() }
        let needsQuotes = path.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
        if needsQuotes { return JSONValue.string("\(side)/\(path)").compact }
        return "\(side)/\(path)" + (path.contains(" ") ? "\t" : "")
    }

    /// Writes one hunk and returns by how many lines the text grows in it.
    private func append(
        _ hunk: [Change], to output: inout [UInt8], context: Int, grown: Int
    ) -> Int {
        guard let first = hunk.first, let last = hunk.last else { return 0 }
        let start = max(0, first.old.lowerBound - context)
        let end = min(starts.count, last.old.upperBound + context)
        let growth = hunk.reduce(0) { $0 + $1.new.count - $1.old.count }
        let old = Self.extent(start, end - start)
        let new = Self.extent(start + grown, end - start + growth)
        output += Array("@@ -\(old) +\(new) @@\n".utf8)
        var line = start
        for change in hunk {
            append(line..<change.old.lowerBound, " ", to: &output)
            append(change.old, "-", to: &output)
            for text in change.new { Self.append(text, "+", to: &output) }
            line = change.old.upperBound
        }
        append(line..<end, " ", to: &output)
        return growth
    }

    /// First line and count; an empty extent names the line before it.
    private static func extent(_ start: Int, _ count: Int) -> String {
        switch count {
        case 0: "\(start),0"
        case 1: "\(start + 1)"
        default: "\(start + 1),\(count)"
        }
    }

    private func append(_ lines: Range<Int>, _ sign: Character, to output: inout [UInt8]) {
        for line in lines { Self.append(oldLine(line), sign, to: &output) }
    }

    private static func append(
        _ line: ArraySlice<UInt8>, _ sign: Character, to output: inout [UInt8]
    ) {
        output += Array(String(sign).utf8)
        output += line
        if line.last != 0x0A { output += Array("\n\\ No newline at end of file\n".utf8) }
    }
}
