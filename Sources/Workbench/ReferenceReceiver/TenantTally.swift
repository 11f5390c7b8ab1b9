import RemoteWrite

/// What one request brought, by tenant.
struct TenantTally {
    /// Series and samples of a tenant, and how many series were faulty, by fault.
    struct Counts {
        var series = 0
        var samples = 0
        var faults: [LabelFault: Int] = [:]
    }

    private(set) var counts: [String: Counts] = [:]

    func knows(_ tenant: String) -> Bool {
        counts[tenant] != nil
    }

    mutating func add(_ series: SeriesView, fault: LabelFault?, to tenant: String) {
        counts[tenant, default: Counts()].series += 1
        counts[tenant, default: Counts()].samples += series.sampleCount
        if let fault { counts[tenant, default: Counts()].faults[fault, default: 0] += 1 }
    }
}

/// The texts of pkg/receive/writer_errors.go and pkg/store/labelpb.
extension LabelFault {
    var text: String {
        switch self {
        case .empty: "label set contains a label with empty name or value"
        case .duplicate: "label set contains duplicate label names"
        case .outOfOrder: "out of order labels"
        }
    }

    var logMessage: String {
        switch self {
        case .empty: "Error on series with empty label name or value"
        case .duplicate: "Error on series with duplicate labels"
        case .outOfOrder: "Error on series with out-of-order labels"
        }
    }

    var caller: String {
        switch self {
        case .empty: "writer_errors.go:129"
        case .duplicate: "writer_errors.go:125"
        case .outOfOrder: "writer_errors.go:121"
        }
    }
}
