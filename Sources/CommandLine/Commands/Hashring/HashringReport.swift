/// The form in which rings are shown.
enum HashringReport: String, CaseIterable {
    case text, json

    init(typed name: String) throws {
        guard let format = Self(rawValue: name) else {
            let hint = Suggestion.nearest(to: name, among: Self.allCases.map(\.rawValue))
            throw UsageError("unknown output format '\(name)'\(hint)")
        }
        self = format
    }
}

/// A part of all series, as people and programs read it.
struct SeriesShare {
    /// From 0 to 1.
    let value: Double

    init(_ value: Double) { self.value = value }

    /// In percent with two decimals, under a sign when it is a difference.
    func percent(signed: Bool = false) -> String {
        let hundredths = Int((value * 10_000).rounded())
        let decimals = String(hundredths.magnitude % 100 + 100).dropFirst()
        let sign = hundredths < 0 ? "-" : signed && hundredths > 0 ? "+" : ""
        return "\(sign)\(hundredths.magnitude / 100).\(decimals) %"
    }

    /// Without the last digits, in which only the order of additions shows.
    var rounded: Double { (value * 1e9).rounded() / 1e9 }
}
