extension String {
    /// A sentence of somebody else's, to go on behind it.
    var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
