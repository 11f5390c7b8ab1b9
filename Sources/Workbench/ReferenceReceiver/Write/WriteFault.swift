import RemoteWrite
import TSDBStorage

/// Why a part of a request is not stored, as Thanos names and counts it
/// (pkg/receive/writer_errors.go).
enum WriteFault: Hashable, CaseIterable {
    case labels(LabelFault)
    case sample(AppendFault)

    static let allCases: [WriteFault] =
        LabelFault.allCases.map(WriteFault.labels) + AppendFault.allCases.map(WriteFault.sample)

    /// The clause of an answer, such as `add 2 samples: out of bounds`.
    func clause(count: Int) -> String {
        "add \(count) \(noun): \(text)"
    }

    private var noun: String {
        switch self {
        case .labels: "series"
        case .sample: "samples"
        }
    }

    private var text: String {
        switch self {
        case .labels(.empty): "label set contains a label with empty name or value"
        case .labels(.duplicate): "label set contains duplicate label names"
        case .labels(.outOfOrder): "out of order labels"
        case .sample(.outOfOrder): "out of order sample"
        case .sample(.duplicate): "duplicate sample for timestamp"
        case .sample(.outOfBounds): "out of bounds"
        case .sample(.tooOld): "too old sample"
        }
    }

    /// The message of the log, once a request.
    var logMessage: String {
        switch self {
        case .labels(.empty): "Error on series with empty label name or value"
        case .labels(.duplicate): "Error on series with duplicate labels"
        case .labels(.outOfOrder): "Error on series with out-of-order labels"
        case .sample(.outOfOrder): "Error on ingesting out-of-order samples"
        case .sample(.duplicate):
            "Error on ingesting samples with different value but same timestamp"
        case .sample(.outOfBounds):
            "Error on ingesting samples that are too old or are too far into the future"
        case .sample(.tooOld):
            "Error on ingesting samples that are outside of the allowed out-of-order time window"
        }
    }

    /// The place in Thanos' source that logs it.
    var caller: String {
        switch self {
        case .labels(.outOfOrder): "writer_errors.go:121"
        case .labels(.duplicate): "writer_errors.go:125"
        case .labels(.empty): "writer_errors.go:129"
        case .sample(.outOfOrder): "writer_errors.go:134"
        case .sample(.duplicate): "writer_errors.go:138"
        case .sample(.outOfBounds): "writer_errors.go:142"
        case .sample(.tooOld): "writer_errors.go:146"
        }
    }
}
