/// All hashes, cut into parts in each of which some rings place every series alike.
///
/// A ketama ring tells stretches of the space apart, a hashmod ring residues; a part is one
/// stretch and one residue. Shares are exact but for the rounding of numbers.
struct HashSpace {
    /// Parts that are looked at before it would take minutes.
    private static let limit = 1 << 24

    private let rings: [Hashring]
    private let ends: [UInt64]
    private let residues: Int

    init(_ rings: [Hashring]) throws(HashringError) {
        self.rings = rings
        ends = Set(rings.flatMap(\.sectionEnds)).sorted()
        residues = rings.map(\.residues).reduce(1, Self.leastCommonMultiple)
        let parts = max(1, ends.count).multipliedReportingOverflow(by: residues)
        guard !parts.overflow, parts.partialValue <= Self.limit else {
            let sizes = rings.map { String($0.endpoints.count) }.joined(separator: " and ")
            throw HashringError(
                code: .tooLargeToCompare,
                message: "rings of \(sizes) nodes are too large to be compared", range: nil)
        }
    }

    /// Calls with each part's share of all series, and with the replicas of each ring in it.
    func forEachPart(_ body: (_ share: Double, _ replicas: [ArraySlice<Int32>]) -> Void) {
        let stretches = ends.isEmpty ? [0] : ends
        var previous = stretches[stretches.count - 1]
        for end in stretches {
            // A lone end bounds the whole space, whose size does not fit.
            let size = stretches.count == 1 ? 0x1p64 : Double(end &- previous)
            previous = end
            let share = size / 0x1p64 / Double(residues)
            for residue in 0..<residues {
                body(
                    share,
                    rings.map {
                        $0.replicas(forHash: $0.algorithm == .ketama ? end : UInt64(residue))
                    })
            }
        }
    }

    /// `Int.max` where it would not fit.
    private static func leastCommonMultiple(_ left: Int, _ right: Int) -> Int {
        var (divisor, rest) = (left, right)
        while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
        let product = (left / divisor).multipliedReportingOverflow(by: right)
        return product.overflow ? Int.max : product.partialValue
    }
}
