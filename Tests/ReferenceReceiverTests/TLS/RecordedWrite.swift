import Testing

/// A write of one sample that a real receiver took.
enum RecordedWrite {
    static func body() throws -> [UInt8] {
        let scenario = try ConformanceScenario.recorded().first { $0.id == "content-type-text" }
        return try #require(scenario?.steps.first).request.body
    }
}
