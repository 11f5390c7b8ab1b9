/// What a chunk holds (`Encoding` in Prometheus' tsdb/chunkenc).
package enum ChunkEncoding: UInt8, Hashable, Sendable, CaseIterable {
    case xor = 1
    case histogram = 2
    case floatHistogram = 3
}
