/// A record of floats, built sample by sample; one record may hold samples of many series.
package struct SamplesRecord: Sendable {
    package private(set) var bytes: [UInt8] = []
    package private(set) var count = 0
    private var firstReference: UInt64 = 0
    private var firstTimestamp: Int64 = 0

    /// Two varints and a float at their longest.
    private static let longestSample = 28

    /// Expects to grow to so many bytes.
    package init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    package var isEmpty: Bool { count == 0 }

    /// Appends a sample; milliseconds.
    package mutating func append(reference: UInt64, timestamp: Int64, value: Double) {
        if count == 0 { start(reference, timestamp) }
        let referenceDelta = Int64(bitPattern: reference &- firstReference)
        let timestampDelta = timestamp &- firstTimestamp
        bytes.append(addingCapacity: Self.longestSample) { output in
            output.appendVarint(referenceDelta)
            output.appendVarint(timestampDelta)
            output.appendBigEndian(value.bitPattern)
        }
        count += 1
    }

    private mutating func start(_ reference: UInt64, _ timestamp: Int64) {
        firstReference = reference
        firstTimestamp = timestamp
        bytes.append(WALRecord.Kind.samples.rawValue)
        bytes.appendBigEndian(reference)
        bytes.appendBigEndian(timestamp)
    }
}
