/// One kind of object that the API serves, with what discovery says about it.
package struct ResourceKind: Sendable, Hashable {
    /// Empty for the core group.
    package let group: String
    package let version: String
    /// The plural in paths, such as `pods`.
    package let plural: String
    package let singular: String
    package let kind: String
    package let isNamespaced: Bool
    let verbs: [String]
    let shortNames: [String]
    let categories: [String]
    let storageVersionHash: String?
    var subresources: [Subresource] = []

    /// A path below one object, such as `log`.
    struct Subresource: Sendable, Hashable {
        let name: String
        let kind: String
        /// Where the body's kind lives when it is another group, such as `policy/v1`.
        let groupVersion: String?
        let verbs: [String]
    }

    /// As `apiVersion` spells it.
    package var groupVersion: String {
        group.isEmpty ? version : "\(group)/\(version)"
    }

    /// As messages spell it: `statefulsets.apps`, `pods`.
    var qualifiedName: String {
        group.isEmpty ? plural : "\(plural).\(group)"
    }

    /// Custom resources differ in lists, verbs and printing; their groups have an owner's domain.
    var isCustom: Bool {
        group.contains(".") && !group.hasSuffix(".k8s.io")
    }
}

extension ResourceKind {
    private static let builtInVerbs = [
        "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch",
    ]
    /// The order of `apiextensions-apiserver`, which is another one.
    private static let customVerbs = [
        "delete", "deletecollection", "get", "list", "patch", "create", "update", "watch",
    ]

    /// Reads a line of a catalogue table:
    /// plural, singular, scope, kind, verbs (`*` for all), short names, categories, hash.
    init?(line: Substring, group: String, version: String) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 8 else { return nil }
        func list(_ word: String) -> [String] {
            word == "-" ? [] : word.split(separator: ",").map(String.init)
        }
        let isCustom = group.contains(".") && !group.hasSuffix(".k8s.io")
        self.init(
            group: group, version: version, plural: words[0], singular: words[1],
            kind: words[3], isNamespaced: words[2] == "N",
            verbs: words[4] == "*"
                ? (isCustom ? Self.customVerbs : Self.builtInVerbs) : list(words[4]),
            shortNames: list(words[5]), categories: list(words[6]),
            storageVersionHash: words[7] == "-" ? nil : words[7])
    }

    /// A kind nobody told us about, guessed as a custom resource from one of its objects.
    init(guessing kind: String, group: String, version: String, isNamespaced: Bool) {
        let singular = kind.lowercased()
        let plural =
            singular.hasSuffix("y")
            ? "\(singular.dropLast())ies"
            : singular.hasSuffix("s") ? "\(singular)es" : "\(singular)s"
        self.init(
            group: group, version: version, plural: plural, singular: singular, kind: kind,
            isNamespaced: isNamespaced, verbs: Self.customVerbs, shortNames: [], categories: [],
            storageVersionHash: nil)
    }
}

extension ResourceKind.Subresource {
    /// Reads a line of a catalogue table: `> name kind verbs [groupVersion]`.
    init?(line: Substring) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 4, words[0] == ">" else { return nil }
        self.init(
            name: words[1], kind: words[2], groupVersion: words.count > 4 ? words[4] : nil,
            verbs: words[3].split(separator: ",").map(String.init))
    }
}
