import SwiftProtobuf
package import TimeSeries

/// What a receiver tells queriers about itself.
package struct StoreDescription: Hashable, Sendable {
    /// Times in milliseconds, both inclusive.
    package struct Database: Hashable, Sendable {
        package let labels: LabelSet
        package let minTime: Int64
        package let maxTime: Int64

        package init(labels: LabelSet, minTime: Int64, maxTime: Int64) {
            self.labels = labels
            self.minTime = minTime
            self.maxTime = maxTime
        }
    }

    /// One per tenant; empty in a router that stores nothing.
    package let databases: [Database]
    package let minTime: Int64
    package let maxTime: Int64

    package init(databases: [Database], minTime: Int64, maxTime: Int64) {
        self.databases = databases
        self.minTime = minTime
        self.maxTime = maxTime
    }
}

extension StoreDescription {
    /// Sharding is not announced: a querier then picks its shard itself.
    var message: Thanos_Info_InfoResponse {
        .with { response in
            response.labelSets = databases.map { Thanos_ZLabelSet($0.labels) }
            response.componentType = "receive"
            response.exemplars = .init()
            response.status = .init()
            response.store = .with { store in
                store.minTime = minTime
                store.maxTime = maxTime
                store.supportsWithoutReplicaLabels = true
                store.tsdbInfos = databases.map(\.message)
            }
        }
    }
}

extension StoreDescription.Database {
    fileprivate var message: Thanos_Info_TSDBInfo {
        .with {
            $0.labels = Thanos_ZLabelSet(labels)
            $0.minTime = minTime
            $0.maxTime = maxTime
        }
    }
}

extension Thanos_ZLabelSet {
    fileprivate init(_ labels: LabelSet) {
        self.init()
        self.labels = labels.texts.map { label in
            .with {
                $0.name = label.name
                $0.value = label.value
            }
        }
    }
}
