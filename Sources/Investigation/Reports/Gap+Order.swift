import Evidence
import MarkedYAML

extension [Gap] {
    /// By source, place and reason: gathering is concurrent, a report is not.
    var inReportOrder: [Gap] {
        map { gap in (key: Key(gap), gap: gap) }.sorted { $0.key < $1.key }.map(\.gap)
    }

    private struct Key: Comparable {
        let source: String
        let file: String
        let offset: Int
        let reason: String

        init(_ gap: Gap) {
            source = gap.source
            file = gap.locations.first?.source.name ?? ""
            offset = gap.locations.first?.bytes.lowerBound ?? 0
            reason = gap.reason
        }

        static func < (left: Self, right: Self) -> Bool {
            (left.source, left.file, left.offset, left.reason)
                < (right.source, right.file, right.offset, right.reason)
        }
    }
}
