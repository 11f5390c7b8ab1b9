/// One place in the arguments where a flag was given.
package struct FlagOccurrence: Hashable, Sendable {
    /// The flag's name with both dashes, without `no-` and without the value.
    package let name: String
    package let argumentIndex: Int
    /// The argument that holds the value; the flag's own with `--flag=value` and for booleans.
    package let valueArgumentIndex: Int
    /// The text behind the flag; `true` or `false` for a boolean.
    package let value: String
}
