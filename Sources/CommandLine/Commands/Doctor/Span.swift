/// A duration as people type it: `500ms`, `30s`, `2m`, `1h`.
struct Span {
    let duration: Duration

    init?(_ text: String) {
        let digits = text.prefix { $0.isNumber }
        guard let number = Int(digits), number > 0, number < 1_000_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": duration = .milliseconds(number)
        case "s", "": duration = .seconds(number)
        case "m": duration = .seconds(number * 60)
        case "h": duration = .seconds(number * 3600)
        case _: return nil
        }
    }
}
