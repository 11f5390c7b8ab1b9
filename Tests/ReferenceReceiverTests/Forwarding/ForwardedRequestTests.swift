import TestSupport
import Testing

@testable import ReferenceReceiver

@Suite("A request between receivers")
struct ForwardedRequestTests {
    /// Two series of two and three bytes.
    private static let series: [UInt8] = [0x0A, 2, 0x0A, 0, 0x0A, 3, 0x12, 1, 7]

    private static func part(_ tenant: String, _ message: [UInt8]) -> ForwardedRequest.Part {
        ForwardedRequest.Part(tenant: tenant, message: message)
    }

    @Test("is written with series, tenant and replica in fields 1 to 3")
    func encodes() {
        var builder = ForwardedRequest.Builder(capacity: 64)
        builder.add(series: [0x0A, 0])
        builder.add(series: [0x12, 1, 7])
        #expect(
            builder.message(tenant: "ab", replica: 2)
                == Self.series + [0x12, 2, 0x61, 0x62, 0x18, 3])
    }

    @Test("is read from fields 1 to 3, of which the series alone are handed on")
    func releases() throws {
        // Metadata of a prometheus.WriteRequest would be field 3; here that is the replica.
        let bytes = Self.series + [0x12, 2, 0x61, 0x62, 0x18, 3, 0x48, 1] + Self.series
        let request = try ForwardedRequest(decoding: bytes)
        #expect(request.replica == 3)
        #expect(request.parts == [Self.part("ab", Self.series + Self.series)])
    }

    @Test("is read from field 4, by tenant, and then 1 and 2 do not count")
    func main() throws {
        let tuple = { (tenant: UInt8) in
            [0x22, UInt8(Self.series.count + 3)] + Self.series + [0x12, 1, tenant]
        }
        let bytes = tuple(0x62) + tuple(0x61) + tuple(0x62) + [0x18, 1, 0x12, 1, 0x63, 0x0A, 0]
        let request = try ForwardedRequest(decoding: bytes)
        #expect(
            request.parts == [
                Self.part("a", Self.series), Self.part("b", Self.series + Self.series),
            ])
        #expect(request.replica == 1)
    }

    @Test("may be empty, and then has one part without series")
    func empty() throws {
        #expect(try ForwardedRequest(decoding: []).parts == [Self.part("", [])])
    }

    @Test("takes a negative replica for one beyond any factor")
    func negative() throws {
        let minusOne: [UInt8] = [0x18] + Array(repeating: 0xFF, count: 9) + [1]
        #expect(try ForwardedRequest(decoding: minusOne).replica == .max)
    }

    @Test("passes unknown fields of every kind over")
    func unknown() throws {
        let unknown: [UInt8] = [
            0x28, 0x80, 1, 0x31, 0, 0, 0, 0, 0, 0, 0, 0, 0x3A, 1, 9, 0x45, 0, 0, 0, 0, 0x4B, 0x53,
            0x08, 1, 0x54, 0x4C,
        ]
        let request = try ForwardedRequest(decoding: unknown + Self.series + unknown)
        #expect(request.parts == [Self.part("", Self.series)])
    }

    @Test(
        "is refused in the words of Go's decoder",
        arguments: [
            ([0x0A], "unexpected EOF"), ([0x0A, 5, 1], "unexpected EOF"),
            ([0x31, 0], "unexpected EOF"), ([0x4B], "unexpected EOF"),
            ([0x08, 1], "proto: wrong wireType = 0 for field Timeseries"),
            ([0x10, 1], "proto: wrong wireType = 0 for field Tenant"),
            ([0x1A, 1, 0], "proto: wrong wireType = 2 for field Replica"),
            ([0x20, 1], "proto: wrong wireType = 0 for field TimeseriesTenantData"),
            ([0x22, 2, 0x15, 0], "unexpected EOF"),
            ([0x22, 1, 4], "proto: TimeSeriesTenantTuple: wiretype end group for non-group"),
            ([0], "proto: WriteRequest: illegal tag 0 (wire type 0)"),
            ([0x0E], "proto: illegal wireType 6"),
            (
                [0x0A] + Array(repeating: 0xFF, count: 9) + [1],
                "proto: negative length found during unmarshaling"
            ),
            (Array(repeating: 0xFF, count: 11), "proto: integer overflow"),
        ] as [([UInt8], String)])
    func refuses(bytes: [UInt8], message: String) {
        #expect(throws: ForwardedRequestError.self) { try ForwardedRequest(decoding: bytes) }
        do throws(ForwardedRequestError) {
            _ = try ForwardedRequest(decoding: bytes)
        } catch {
            #expect(error.message == message)
        }
    }

    @Test("names only so many tenants")
    func tenants() throws {
        func tuples(_ count: Int) -> [UInt8] {
            (0..<count).flatMap { number -> [UInt8] in
                [0x22, 4, 0x12, 2, UInt8(number & 0xFF), UInt8(number >> 8)]
            }
        }
        let limit = ForwardedRequest.tenantLimit
        #expect(try ForwardedRequest(decoding: tuples(limit)).parts.count == limit)
        #expect(throws: ForwardedRequestError.tooManyTenants) {
            try ForwardedRequest(decoding: tuples(limit + 1))
        }
    }

    @Test("survives the journey", arguments: UInt64(1)...50)
    func roundTrip(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        var builder = ForwardedRequest.Builder(capacity: 64)
        var series: [UInt8] = []
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            let size = Int.random(in: 0...300, using: &random)
            let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
            builder.add(series: bytes)
            series +=
                [0x0A] + (size < 128 ? [UInt8(size)] : [UInt8(size & 127) | 128, UInt8(size >> 7)])
            series += bytes
        }
        let replica = Int.random(in: 0...5, using: &random)
        let message = builder.message(tenant: "tenant-\(seed)", replica: replica)
        let request = try ForwardedRequest(decoding: message)
        #expect(request.replica == UInt64(replica + 1))
        #expect(request.parts == [Self.part("tenant-\(seed)", series)])
    }

    @Test("is refused when it ends within a field")
    func truncated() {
        let message: [UInt8] = Self.series + [0x22, 6, 0x0A, 1, 9, 0x12, 1, 0x61, 0x18, 0x83, 0]
        let ends = [0, 4, 9, 17, 20]
        for length in message.indices {
            let isWhole = (try? ForwardedRequest(decoding: Array(message[..<length]))) != nil
            #expect(isWhole == ends.contains(length), "\(length) bytes")
        }
    }

    @Test("never ends the process, whatever the bytes", arguments: UInt64(1)...200)
    func hostile(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let likely: [UInt8] = [0x0A, 0x12, 0x18, 0x22, 0, 1, 2, 3, 0x4B, 0x4C, 0x7F, 0x80, 0xFF]
        for _ in 0..<50 {
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ -> UInt8 in
                likely.randomElement(using: &random) ?? 0
            }
            if let request = try? ForwardedRequest(decoding: bytes) {
                #expect(request.parts.reduce(0) { $0 + $1.message.count } <= bytes.count)
            }
        }
    }
}
