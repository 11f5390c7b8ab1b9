import Foundation
import TSDBFormat
import TimeSeries

/// Bytes from hexadecimal digits.
func hex(_ digits: String) -> [UInt8] {
    stride(from: 0, to: digits.utf8.count - 1, by: 2).compactMap { start in
        UInt8(digits.dropFirst(start).prefix(2), radix: 16)
    }
}

/// Files that tests read.
enum Fixture {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func bytes(_ path: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: root.appending(path: "fixtures/\(path)")))
    }
}

/// All points of a chunk.
func points(_ encoding: ChunkEncoding, _ payload: [UInt8]) throws -> [ChunkPoint] {
    var reader = ChunkReader(encoding: encoding, payload: payload)
    var points: [ChunkPoint] = []
    while let point = try reader.next() { points.append(point) }
    return points
}

extension LabelSet {
    init(_ labels: KeyValuePairs<String, String>) {
        self.init(labels.map { SeriesLabel($0.key, $0.value) })
    }
}
