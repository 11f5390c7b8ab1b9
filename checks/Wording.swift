/// A number with the noun that belongs to it: `1 address`, `3 addresses`.
func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
}
