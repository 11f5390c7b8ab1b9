/// A folder `checks/<component>/<id>/`, which holds one check.
struct CheckFolder {
    let component: String
    let id: String
    /// The name of the static member, which is the id in camel case.
    let member: String

    init(component: String, id: String, in tree: FileTree) throws(IndexError) {
        let path = "\(component)/\(id)"
        let place = tree.absolute(path)
        guard Self.isKebabCase(id) else {
            throw IndexError(
                place: place,
                "folder \"\(id)\" is not a check id: lower-case words and hyphens only")
        }
        self.component = component
        self.id = id
        member = Self.camelCase(id)
        var declaring: [String] = []
        for name in try tree.names(in: path) where name.hasSuffix(".swift") {
            // `Name+Examples.swift` belongs to `Name.swift`.
            guard !name.contains("+") else { continue }
            let source = try tree.text(of: "\(path)/\(name)")
            guard Self.declaresCheck(source) else { continue }
            declaring.append(name)
            try expectDeclaration(in: source, place: "\(place)/\(name)")
        }
        guard declaring.count == 1 else {
            throw IndexError(
                place: place,
                declaring.isEmpty
                    ? "folder \"\(id)\" holds no Swift file with `static let \(member) = Check(`"
                    : "folder \"\(id)\" holds \(declaring.count) checks "
                        + "(\(declaring.joined(separator: ", "))): a check has its own folder")
        }
    }

    private func expectDeclaration(in source: String, place: String) throws(IndexError) {
        let words = source.split { $0.isWhitespace }.joined(separator: " ")
        guard words.contains("static let \(member) = Check(") else {
            throw IndexError(
                place: place,
                "the check of folder \"\(id)\" is to be named `static let \(member)`")
        }
        guard
            words.contains("static let \(member) = Check(\"\(id)\"")
                || words.contains("static let \(member) = Check( \"\(id)\"")
        else {
            throw IndexError(
                place: place, "the check of folder \"\(id)\" states another id: write \"\(id)\"")
        }
    }

    private static func declaresCheck(_ source: String) -> Bool {
        source.split { $0.isNewline }.contains { line in
            let words = line.split(separator: " ")
            return words.starts(with: ["static", "let"]) && line.contains("= Check(")
        }
    }

    static func isKebabCase(_ id: String) -> Bool {
        let words = id.split(separator: "-", omittingEmptySubsequences: false)
        return words.first?.first?.isLetter == true
            && words.allSatisfy { word in
                !word.isEmpty && word.allSatisfy { ("a"..."z").contains($0) || $0.isWholeNumber }
            }
    }

    /// `missing-fsgroup` becomes `missingFsgroup`, `rw-probe-400-expected` `rwProbe400Expected`.
    static func camelCase(_ id: String) -> String {
        let words = id.split(separator: "-")
        return words.prefix(1).joined()
            + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
