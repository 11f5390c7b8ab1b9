/// Reads the parameters of the HTTP API (`parseTime` and `parseDuration` in Prometheus'
/// web/api/v1).
enum QueryParameters {
    /// Milliseconds since 1970, from seconds or from a date as RFC 3339 has it.
    static func time(_ text: String) throws(QueryError) -> Int64 {
        if let seconds = Double(text), seconds.magnitude <= Double(QueryLimits.time / 1000) {
            let whole = seconds.rounded(.towardZero)
            return Int64(whole) * 1000 + Int64(((seconds - whole) * 1000).rounded())
        }
        guard let milliseconds = RFC3339.milliseconds(text) else {
            throw QueryError(.badData, "cannot parse \(quoted(text)) to a valid timestamp")
        }
        return milliseconds
    }

    /// Nanoseconds, from seconds or from a duration such as `5m`.
    static func duration(_ text: String) throws(QueryError) -> Int64 {
        if let seconds = Double(text), !seconds.isNaN {
            guard let nanoseconds = Int64(exactly: (seconds * 1e9).rounded(.towardZero)) else {
                throw QueryError(
                    .badData,
                    "cannot parse \(quoted(text)) to a valid duration. It overflows int64")
            }
            return nanoseconds
        }
        do throws(PromDuration.Fault) {
            return try PromDuration.milliseconds(text) * 1_000_000
        } catch {
            throw QueryError(.badData, "cannot parse \(quoted(text)) to a valid duration")
        }
    }
}
