package import FoundationEssentials

/// Moves every RFC 3339 time of a text so that the recording's `now` becomes the start of the run.
///
/// Digits behind the second stay as they are; only times in UTC are moved, which is what
/// Kubernetes, Thanos and Prometheus write.
package struct TimeShift {
    private let seconds: Int

    package init?(from now: String, to start: Date) {
        guard let recorded = try? Date(now, strategy: .iso8601) else { return nil }
        seconds = Int(start.timeIntervalSince1970) - Int(recorded.timeIntervalSince1970)
    }

    package func applied(to text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard Self.isTime(bytes, at: index), let moved = moved(bytes[index..<index + 19]) else {
                result.append(bytes[index])
                index += 1
                continue
            }
            result += moved
            index += 19
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let pattern = Array("dddd-dd-ddTdd:dd:dd".utf8)

    /// Whether nineteen bytes have the shape of a time and end in `Z`, a fraction before it or not.
    private static func isTime(_ bytes: [UInt8], at start: Int) -> Bool {
        guard start + 20 <= bytes.count, isDigit(bytes[start]) else { return false }
        for (offset, wanted) in pattern.enumerated() {
            let byte = bytes[start + offset]
            guard wanted == UInt8(ascii: "d") ? isDigit(byte) : byte == wanted else { return false }
        }
        var end = start + 19
        if bytes[end] == UInt8(ascii: ".") {
            end += 1
            while end < bytes.count, isDigit(bytes[end]) { end += 1 }
        }
        return end < bytes.count && bytes[end] == UInt8(ascii: "Z")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private func moved(_ time: ArraySlice<UInt8>) -> [UInt8]? {
        let text = String(decoding: time, as: UTF8.self) + "Z"
        guard let date = try? Date(text, strategy: .iso8601) else { return nil }
        return Array(date.addingTimeInterval(Double(seconds)).formatted(.iso8601).utf8.dropLast())
    }
}
