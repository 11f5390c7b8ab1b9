import KubernetesAPI

/// What the user probably meant.
enum Suggestion {
    /// `; did you mean 'x'?`, or the choices when they are few, or nothing.
    static func nearest(to typed: String, among known: [String]) -> String {
        if let name = NameDistance.nearestFirst(known, to: typed).first,
            NameDistance.isTypo(typed, name)
        {
            return "; did you mean '\(name)'?"
        }
        guard known.count <= 12 else { return "" }
        return "; there is \(known.joined(separator: ", "))"
    }
}
