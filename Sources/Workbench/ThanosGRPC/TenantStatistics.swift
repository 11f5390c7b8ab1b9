import SwiftProtobuf

/// How much the head of one tenant holds.
package struct TenantStatistics: Hashable, Sendable {
    /// A name and how many series or bytes it stands for.
    package struct Entry: Hashable, Sendable {
        package let name: String
        package let value: UInt64

        package init(name: String, value: UInt64) {
            self.name = name
            self.value = value
        }
    }

    package var seriesCount: UInt64 = 0
    package var labelPairCount: Int64 = 0
    package var chunkCount: Int64 = 0
    /// Milliseconds, both inclusive.
    package var minTime: Int64 = 0
    package var maxTime: Int64 = 0
    package var seriesByMetricName: [Entry] = []
    package var valuesByLabelName: [Entry] = []
    package var bytesByLabelName: [Entry] = []
    package var seriesByLabelPair: [Entry] = []

    package init() {}
}

extension TenantStatistics {
    var message: Thanos_TSDBStatisticsEntry {
        .with { entry in
            entry.headStatistics = .with {
                $0.numSeries = seriesCount
                $0.numLabelPairs = labelPairCount
                $0.chunkCount = chunkCount
                $0.minTime = minTime
                $0.maxTime = maxTime
            }
            entry.seriesCountByMetricName = seriesByMetricName.map(\.message)
            entry.labelValueCountByLabelName = valuesByLabelName.map(\.message)
            entry.memoryInBytesByLabelName = bytesByLabelName.map(\.message)
            entry.seriesCountByLabelValuePair = seriesByLabelPair.map(\.message)
        }
    }
}

extension TenantStatistics.Entry {
    fileprivate var message: Thanos_Statistic {
        .with {
            $0.name = name
            $0.value = value
        }
    }
}
