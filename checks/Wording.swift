/// A number with the noun that belongs to it: `1 address`, `3 addresses`.
func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
}

/// The first of many names, so that a message stays one that can be read: `a, b, c and 57 more`.
func listed(_ names: [String], most: Int = 3) -> String {
    guard names.count > most + 1 else { return names.joined(separator: ", ") }
    return names.prefix(most).joined(separator: ", ") + " and \(names.count - most) more"
}

/// The beginning of a text that may be long, as a message or a line of a log may quote it.
func shortened(_ text: some StringProtocol, to bound: Int = 160) -> String {
    let start = text.prefix(bound)
    return start.endIndex == text.endIndex ? String(text) : start + "…"
}

/// A number without a fraction, also one that no integer holds.
func whole(_ number: Double) -> String {
    Int(exactly: number.rounded()).map(String.init) ?? "\(number)"
}
