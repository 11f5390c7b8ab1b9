/// The names of metrics that somebody wants, told apart without making a `String` of each line's.
struct WantedNames: Sendable {
    /// By length: few names share one, and most lines are of a length that no wanted name has.
    private var byLength: [[[UInt8]]] = []

    init(_ names: Set<String>) {
        for name in names.map({ Array($0.utf8) }) {
            while byLength.count <= name.count { byLength.append([]) }
            byLength[name.count].append(name)
        }
    }

    func contain(_ name: ArraySlice<UInt8>) -> Bool {
        guard name.count < byLength.count else { return false }
        return byLength[name.count].contains { $0[...] == name }
    }
}
