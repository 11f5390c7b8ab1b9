import HTTPServing
import MarkedYAML

/// The answers of `/api/v1/status/tsdb` (pkg/api/status and pkg/api).
enum TSDBStatusDocument {
    /// Headers of every answer, in the order in which Go sends them.
    private static let crossOrigin = [
        (
            "Access-Control-Allow-Headers",
            "Accept, Accept-Encoding, Authorization, Content-Type, Origin"
        ),
        ("Access-Control-Allow-Methods", "GET, OPTIONS"),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "Date"),
    ]

    /// The lists are cut by whoever collected them.
    static func answer(_ tenants: [TSDBStatus]) -> ServedResponse {
        response(200, ["status": "success", "data": .array(tenants.map(document))])
    }

    /// A parameter that was not accepted.
    static func refusal(_ refusal: TSDBStatusQuery.Refusal) -> ServedResponse {
        failure(400, type: "bad_data", refusal.message)
    }

    /// No ring is installed yet.
    static let notReady = failure(500, type: "internal", "service unavailable")

    private static func failure(_ status: Int, type: JSONValue, _ message: String) -> ServedResponse
    {
        response(
            status, ["status": "error", "errorType": type, "error": .string(message)],
            caching: [("Cache-Control", "no-store")])
    }

    private static func response(
        _ status: Int, _ document: JSONValue, caching: [(String, String)] = []
    ) -> ServedResponse {
        ServedResponse(
            status: status,
            headers: crossOrigin + caching + [
                ("Content-Type", "application/json"), ("Vary", "Accept-Encoding"),
            ],
            body: .bytes(Array((escapingHTML(document.compact) + "\n").utf8)))
    }

    private static func document(_ status: TSDBStatus) -> JSONValue {
        [
            "tenant": .string(status.tenant),
            "headStats": [
                "numSeries": .int(status.series),
                "numLabelPairs": .int(status.labelPairs),
                "chunkCount": .int(status.chunks),
                "minTime": .int(Int(status.minTime)),
                "maxTime": .int(Int(status.maxTime)),
            ],
            "seriesCountByMetricName": list(status.seriesByMetricName),
            "labelValueCountByLabelName": list(status.valuesByLabelName),
            "memoryInBytesByLabelName": list(status.bytesByLabelName),
            "seriesCountByLabelValuePair": list(status.seriesByLabelPair),
        ]
    }

    private static func list(_ counts: [TSDBStatus.Count]) -> JSONValue {
        .array(counts.map { ["name": .string($0.name), "value": .int($0.value)] })
    }

    /// Go's encoder writes these as escapes, so that a browser takes none for markup.
    private static func escapingHTML(_ text: String) -> String {
        text.replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
            .replacing("&", with: "\\u0026")
    }
}
