/// The messages of remote write 1.0, with their fields by number
/// (prompb/remote.proto and types.proto in Prometheus).
enum MessageShape {
    case writeRequest, timeSeries, label, sample, exemplar, histogram, bucketSpan, metadata
    /// Remote write 2.0; only their names are used.
    case requestV2, timeSeriesV2

    /// How a field's value is written.
    enum Value {
        case varint
        case fixed64
        case bytes
        case message(MessageShape)
        case packedVarints
        case packedFixed64s
    }

    /// One field as the generated Go code names it in errors.
    struct Field {
        let name: String
        let value: Value
    }

    /// The name of the Go type.
    var name: String {
        switch self {
        case .writeRequest: "WriteRequest"
        case .timeSeries: "TimeSeries"
        // Thanos decodes labels into its own zero-copy type.
        case .label: "ZLabel"
        case .sample: "Sample"
        case .exemplar: "Exemplar"
        case .histogram: "Histogram"
        case .bucketSpan: "BucketSpan"
        case .metadata: "MetricMetadata"
        case .requestV2: "Request"
        case .timeSeriesV2: "TimeSeries"
        }
    }

    /// The field of that number; nil for one that is skipped.
    func field(_ number: Int32) -> Field? {
        let fields = fields
        guard number <= Int32(fields.count) else { return nil }
        return fields[Int(number) - 1]
    }

    private var fields: [Field?] {
        switch self {
        case .writeRequest: Self.writeRequestFields
        case .timeSeries: Self.timeSeriesFields
        case .label: Self.labelFields
        case .sample: Self.sampleFields
        case .exemplar: Self.exemplarFields
        case .histogram: Self.histogramFields
        case .bucketSpan: Self.bucketSpanFields
        case .metadata: Self.metadataFields
        case .requestV2, .timeSeriesV2: []
        }
    }

    private static let writeRequestFields: [Field?] = [
        Field(name: "Timeseries", value: .message(.timeSeries)), nil,
        Field(name: "Metadata", value: .message(.metadata)),
    ]
    private static let timeSeriesFields: [Field?] = [
        Field(name: "Labels", value: .message(.label)),
        Field(name: "Samples", value: .message(.sample)),
        Field(name: "Exemplars", value: .message(.exemplar)),
        Field(name: "Histograms", value: .message(.histogram)),
    ]
    private static let labelFields: [Field?] = [
        Field(name: "Name", value: .bytes), Field(name: "Value", value: .bytes),
    ]
    private static let sampleFields: [Field?] = [
        Field(name: "Value", value: .fixed64), Field(name: "Timestamp", value: .varint),
    ]
    private static let exemplarFields: [Field?] = [
        Field(name: "Labels", value: .message(.label)), Field(name: "Value", value: .fixed64),
        Field(name: "Timestamp", value: .varint),
    ]
    private static let bucketSpanFields: [Field?] = [
        Field(name: "Offset", value: .varint), Field(name: "Length", value: .varint),
    ]
    private static let metadataFields: [Field?] = [
        Field(name: "Type", value: .varint), Field(name: "MetricFamilyName", value: .bytes), nil,
        Field(name: "Help", value: .bytes), Field(name: "Unit", value: .bytes),
    ]
    private static let histogramFields: [Field?] = [
        Field(name: "CountInt", value: .varint), Field(name: "CountFloat", value: .fixed64),
        Field(name: "Sum", value: .fixed64), Field(name: "Schema", value: .varint),
        Field(name: "ZeroThreshold", value: .fixed64),
        Field(name: "ZeroCountInt", value: .varint),
        Field(name: "ZeroCountFloat", value: .fixed64),
        Field(name: "NegativeSpans", value: .message(.bucketSpan)),
        Field(name: "NegativeDeltas", value: .packedVarints),
        Field(name: "NegativeCounts", value: .packedFixed64s),
        Field(name: "PositiveSpans", value: .message(.bucketSpan)),
        Field(name: "PositiveDeltas", value: .packedVarints),
        Field(name: "PositiveCounts", value: .packedFixed64s),
        Field(name: "ResetHint", value: .varint), Field(name: "Timestamp", value: .varint),
        Field(name: "CustomValues", value: .packedFixed64s),
    ]
}
