import MarkedYAML
import ReceiveFlags

/// Arguments written anew so that Thanos takes them.
enum ArgumentEdit {
    /// `--label=a=b` as `--label=a="b"`, where the scalar can hold double quotes.
    static func quotingLabel(_ written: String, within range: SourceRange) -> TextEdit? {
        let parts = written.split(separator: "=", maxSplits: 2).map(String.init)
        guard parts.count == 3, parts[0] == "--label", !range.text.hasPrefix("\""),
            !parts[2].contains(where: { "\"'`\\".contains($0) })
        else { return nil }
        return .replacing(written, with: "--label=\(parts[1])=\"\(parts[2])\"", within: range)
    }

    /// A switch with the value `true` or `false` as kingpin spells it.
    static func switching(
        _ spec: ReceiveFlagSpec, _ written: String, within range: SourceRange
    ) -> TextEdit? {
        switch written {
        case "\(spec.name)=true":
            .replacing(written, with: spec.name, within: range)
        case "\(spec.name)=false":
            .replacing(written, with: "--no-\(spec.name.dropFirst(2))", within: range)
        case _:
            nil
        }
    }
}
