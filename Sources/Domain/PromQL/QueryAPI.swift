/// `/api/v1/query` and `/api/v1/query_range`, without the HTTP around them.
package enum QueryAPI {
    /// A status code and a body of JSON.
    package struct Answer: Sendable {
        package let status: Int
        package let json: [UInt8]
    }

    /// Takes `query` and `time`; without a time it is `now`, in milliseconds since 1970.
    package static func instant(
        _ parameters: [String: String], now: Int64, in source: some SeriesSource
    ) -> Answer {
        answer { () throws(QueryError) in
            let time = try parameters.time("time", orElse: now)
            let query = try invalidating("query") { () throws(QueryError) in
                try Query(parsing: parameters["query"] ?? "")
            }
            return try query.evaluate(at: time, in: source)
        }
    }

    /// Takes `query`, `start`, `end` and `step`.
    package static func range(
        _ parameters: [String: String], in source: some SeriesSource
    ) -> Answer {
        answer { () throws(QueryError) in
            let start = try parameters.time("start")
            let end = try parameters.time("end")
            guard end >= start else {
                throw invalid("end", "end timestamp must not be before start time")
            }
            let nanoseconds = try invalidating("step") { () throws(QueryError) in
                try QueryParameters.duration(parameters["step"] ?? "")
            }
            guard nanoseconds > 0 else {
                throw invalid(
                    "step",
                    "zero or negative query resolution step widths are not accepted. "
                        + "Try a positive integer")
            }
            // Counted in the steps asked for; the shortest that are made are of a millisecond.
            guard Int128(end - start) * 1_000_000 / Int128(nanoseconds) <= QueryLimits.steps else {
                throw .tooManySteps
            }
            return try Query(parsing: parameters["query"] ?? "")
                .evaluate(
                    from: start, through: end, step: max(1, nanoseconds / 1_000_000), in: source)
        }
    }

    private static func answer(_ result: () throws(QueryError) -> QueryResult) -> Answer {
        do throws(QueryError) {
            return Answer(status: 200, json: try result().json)
        } catch {
            return Answer(status: error.kind.httpStatus, json: error.json)
        }
    }

    private static func invalid(_ parameter: String, _ message: String) -> QueryError {
        QueryError(.badData, "invalid parameter \(quoted(parameter)): \(message)")
    }

    /// Tells faults as those of a parameter.
    static func invalidating<Value>(
        _ parameter: String, _ body: () throws(QueryError) -> Value
    ) throws(QueryError) -> Value {
        do throws(QueryError) {
            return try body()
        } catch {
            throw invalid(parameter, error.message)
        }
    }
}

extension [String: String] {
    fileprivate func time(_ name: String) throws(QueryError) -> Int64 {
        try QueryAPI.invalidating(name) { () throws(QueryError) in
            try QueryParameters.time(self[name] ?? "")
        }
    }

    /// A time that may be missing; its message says its name twice, as that of Prometheus does.
    func time(_ name: String, orElse now: Int64) throws(QueryError) -> Int64 {
        guard let text = self[name], !text.isEmpty else { return now }
        return try QueryAPI.invalidating(name) { () throws(QueryError) in
            do throws(QueryError) {
                return try QueryParameters.time(text)
            } catch {
                throw QueryError(
                    .badData, "Invalid time value for '\(name)': \(error.message)")
            }
        }
    }
}
