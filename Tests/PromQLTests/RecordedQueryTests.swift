import MarkedYAML
import PromQL
import Testing

@Suite("Queries that a real Prometheus has answered")
struct RecordedQueryTests {
    @Test("get the same answer, but for the last bits of numbers", arguments: RecordedQuery.all)
    func answers(recorded: RecordedQuery) throws {
        let answer =
            recorded.parameters["start"] == nil
            ? QueryAPI.instant(recorded.parameters, now: 0, in: RecordedSeries.shared)
            : QueryAPI.range(recorded.parameters, in: RecordedSeries.shared)
        let json = try JSONReader.document(SourceText(name: "answer", bytes: answer.json))
        #expect(answer.status == recorded.status)
        #expect(
            json.plainValue.inAnyOrder.isClose(to: recorded.answer.inAnyOrder),
            """
            ours:   \(json.plainValue.inAnyOrder.compact)
            theirs: \(recorded.answer.inAnyOrder.compact)
            """)
    }

    @Test("are there")
    func areThere() {
        #expect(RecordedQuery.all.count > 400)
    }
}

extension JSONValue {
    /// The answer with the rows of a vector sorted; Prometheus has them in the order of storage.
    fileprivate var inAnyOrder: JSONValue {
        guard self["data"]?["resultType"] == "vector",
            case .array(let rows)? = self["data"]?["result"]
        else { return self }
        return .array(rows.sorted { ($0["metric"]?.compact ?? "") < ($1["metric"]?.compact ?? "") })
    }

    /// Whether both are equal, numbers within 10⁻¹² of their size.
    fileprivate func isClose(to other: JSONValue) -> Bool {
        switch (self, other) {
        case (.array(let ours), .array(let theirs)):
            ours.count == theirs.count && zip(ours, theirs).allSatisfy { $0.isClose(to: $1) }
        case (.object(let ours), .object(let theirs)):
            ours.members.count == theirs.members.count
                && ours.members.allSatisfy { member in
                    theirs[member.name].map { member.value.isClose(to: $0) } ?? false
                }
        case (.string(let ours), .string(let theirs)):
            ours == theirs || Self.areClose(Double(ours), Double(theirs))
        default:
            self == other || Self.areClose(number, other.number)
        }
    }

    private var number: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    private static func areClose(_ left: Double?, _ right: Double?) -> Bool {
        guard let left, let right else { return false }
        return (left - right).magnitude <= 1e-12 * max(left.magnitude, right.magnitude)
    }
}
