import RemoteWrite
import SnappyCodec
import TimeSeries

/// A remote write 1.0 request as bytes on the wire.
struct WriteBody: Sendable {
    /// The snappy block.
    let block: [UInt8]

    init(_ series: [SeriesSamples]) { block = SnappyBlock.encode(WriteRequest.encode(series)) }

    init(block: [UInt8]) { self.block = block }

    /// Head and body; a declared length may be a lie.
    func request(declaring length: Int? = nil) -> [UInt8] {
        let head = """
            POST /api/v1/receive HTTP/1.1\r
            Host: receiver\r
            Content-Encoding: snappy\r
            Content-Type: application/x-protobuf\r
            X-Prometheus-Remote-Write-Version: 0.1.0\r
            Content-Length: \(length ?? block.count)\r
            \r

            """
        return Array(head.utf8) + block
    }
}
