import HTTPServing
import RemoteWrite
import SnappyCodec

/// Makes a checked message of a body, in the order and with the words of `receiveHTTP`
/// (pkg/receive/handler.go).
struct MessageDecoder {
    /// Bytes that a body may become; Thanos itself has no such limit.
    static let decodedLimit = 128 << 20

    /// A message, and whether it came as remote write 2.0.
    struct Message {
        let request: WriteRequest
        let isV2: Bool

        /// What a success tells a client of version 2.0: all that was received.
        var writtenHeaders: [(String, String)] {
            guard isV2 else { return [] }
            let counts = request.counts
            return [
                ("Samples", counts.samples), ("Histograms", counts.histograms),
                ("Exemplars", counts.exemplars),
            ].map { ("X-Prometheus-Remote-Write-\($0)-Written", String($1)) }
        }
    }

    let limits: RequestLimits
    let onLimit: (_ excess: Int) -> Void
    let log: (_ message: String, _ error: String) -> Void

    /// Bytes that decoding will take; 0 for what will be refused before.
    static func decodedSize(of body: [UInt8]) -> Int {
        let declared = SnappyBlock.plausibleLength(of: body) ?? 0
        return declared <= decodedLimit ? declared : 0
    }

    func decode(_ body: [UInt8], headers: ServedHeaders) throws(WriteRefusal) -> Message {
        let bytes = try decompressed(body)
        if let excess = limits.excess(of: bytes.count, over: .bodySize) {
            onLimit(excess)
            throw .tooLarge
        }
        let isV2 = try Self.isV2(headers)
        do throws(RemoteWriteError) {
            let message =
                isV2 ? try WriteRequestV2.translated(bytes, limit: Self.decodedLimit) : bytes
            return Message(request: try WriteRequest(decoding: message), isV2: isV2)
        } catch {
            if error == .tooLarge { throw .tooLarge }
            throw WriteRefusal(status: 400, message: error.message)
        }
    }

    private func decompressed(_ body: [UInt8]) throws(WriteRefusal) -> [UInt8] {
        do throws(SnappyError) {
            return try SnappyBlock.decode(body, limit: Self.decodedLimit)
        } catch {
            guard error == .corrupt else { throw .tooLarge }
            let text = "s2: \(error.message)"
            log("snappy decode error", text)
            throw WriteRefusal(status: 400, message: "snappy decode error: \(text)")
        }
    }

    /// The version of the message, compared character by character as Thanos main does.
    private static func isV2(_ headers: ServedHeaders) throws(WriteRefusal) -> Bool {
        guard headers["X-Prometheus-Remote-Write-Version"] == "2.0.0" else { return false }
        switch headers["Content-Type"] {
        case nil, "": throw WriteRefusal(status: 400, message: "missing Content-Type header")
        case "application/x-protobuf;proto=io.prometheus.write.v2.Request": return true
        case "application/x-protobuf", "application/x-protobuf;proto=prometheus.WriteRequest":
            return false
        default:
            throw WriteRefusal(
                status: 400,
                message: "required headers Content-Type and/or "
                    + "X-Prometheus-Remote-Write-Version not found")
        }
    }
}
