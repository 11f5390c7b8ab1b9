import HTTPServing
import ReceiveFlags
import Testing

@testable import ReferenceReceiver

@Suite("The status of the TSDB")
struct TSDBStatusTests {
    private let settings = WriteSettings(
        ParsedReceiveFlags(arguments: ["--receive.tenant-header=X-Team"]))

    private func text(_ response: ServedResponse) -> String {
        guard case .bytes(let bytes) = response.body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("has the shape of Thanos', with numbers and lists as given")
    func document() {
        var status = TSDBStatus(tenant: "a<b")
        status.series = 2
        status.labelPairs = 3
        status.chunks = 4
        status.minTime = 5
        status.maxTime = 6
        status.seriesByMetricName = [TSDBStatus.Count(name: "up", value: 2)]
        let response = TSDBStatusDocument.answer([status])
        #expect(response.status == 200)
        #expect(response.header("Content-Type") == "application/json")
        #expect(response.header("Access-Control-Allow-Origin") == "*")
        #expect(
            text(response)
                == #"{"status":"success","data":[{"tenant":"a\u003cb","headStats":{"numSeries":2,"#
                + #""numLabelPairs":3,"chunkCount":4,"minTime":5,"maxTime":6},"#
                + #""seriesCountByMetricName":[{"name":"up","value":2}],"#
                + #""labelValueCountByLabelName":[],"memoryInBytesByLabelName":[],"#
                + #""seriesCountByLabelValuePair":[]}]}"# + "\n")
    }

    @Test("shows an empty head as Thanos does, and nobody for an unknown tenant")
    func emptiness() {
        let empty = text(TSDBStatusDocument.answer([TSDBStatus(tenant: "a")]))
        #expect(empty.contains(#""minTime":9223372036854775807,"maxTime":-9223372036854775808"#))
        #expect(text(TSDBStatusDocument.answer([])) == #"{"status":"success","data":[]}"# + "\n")
    }

    @Test(
        "asks for one tenant or for all",
        arguments: [
            ("/", nil, .one("default-tenant"), 10), ("/?limit=3", "a", .one("a"), 3),
            ("/?all_tenants=true&limit=", nil, .all, 10), ("/?all_tenants=1", "a", .one("a"), 10),
            ("/?limit=-4", nil, .one("default-tenant"), 0),
        ] as [(String, String?, TSDBStatusQuery.Tenants, Int)])
    func queries(
        target: String, tenant: String?, tenants: TSDBStatusQuery.Tenants, limit: Int
    ) throws {
        let headers = tenant.map { [(name: "x-team", value: $0)] } ?? []
        let query = try TSDBStatusQuery(
            ServedRequest(target: target, headers: headers), settings: settings)
        #expect(query.tenants == tenants)
        #expect(query.limit == limit)
    }

    @Test(
        "refuses as Thanos does",
        arguments: [
            (
                "/?all_tenants=true",
                "using both the all_tenants parameter and the X-Team header is not supported"
            ),
            (
                "/?limit=ten",
                #"unable to parse 'limit' parameter: strconv.ParseInt: parsing \"ten\": "#
                    + "invalid syntax"
            ),
            (
                "/?limit=-99999999999999999999",
                "unable to parse 'limit' parameter: strconv.ParseInt: parsing "
                    + #"\"-99999999999999999999\": value out of range"#
            ),
        ])
    func refusals(target: String, message: String) throws {
        let request = ServedRequest(target: target, headers: [("X-Team", "a")])
        let refusal = try #require(
            #expect(throws: TSDBStatusQuery.Refusal.self) {
                try TSDBStatusQuery(request, settings: settings)
            })
        let response = TSDBStatusDocument.refusal(refusal)
        #expect(response.status == 400)
        #expect(response.header("Cache-Control") == "no-store")
        #expect(
            text(response)
                == #"{"status":"error","errorType":"bad_data","error":"\#(message)"}"# + "\n")
    }

    @Test("lists the largest, equal ones by name")
    func tops() {
        let counts = [("b", 1), ("a", 1), ("c", 9)].map(TSDBStatus.Count.init)
        #expect(counts.top(2).map(\.name) == ["c", "a"])
        #expect(counts.top(0).isEmpty)
    }
}
