import Diagnosis

/// How signs and emphasis look on the stream that takes the report.
///
/// Colour never says anything that a sign or a word does not say too.
struct Ink: Sendable {
    /// SGR parameters (ECMA-48 section 8.3.117).
    enum Tone: String {
        case critical = "1;31"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case blue = "34"
        case magenta = "35"
        case dim = "2"
        case strong = "1"
    }

    let usesColor: Bool
    let usesASCII: Bool

    init(_ display: DisplayOptions) {
        usesColor = display.usesColor
        usesASCII = display.usesASCII
    }

    func paint(_ text: String, _ tone: Tone) -> String {
        guard usesColor, !text.isEmpty else { return text }
        return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
    }

    func sign(_ severity: Severity) -> String {
        switch severity {
        case .critical, .error: usesASCII ? "ERR" : "✗"
        case .warning: usesASCII ? "WARN" : "!"
        case .info: usesASCII ? "info" : "i"
        }
    }

    func tone(_ severity: Severity) -> Tone {
        switch severity {
        case .critical: .critical
        case .error: .red
        case .warning: .yellow
        case .info: .blue
        }
    }

    func sign(_ status: CheckStatus) -> String {
        switch status {
        case .failed: sign(Severity.error)
        case .unknown: "?"
        case .blocked: usesASCII ? "blkd" : "⊘"
        case .passed: usesASCII ? "ok" : "✓"
        case .skipped: usesASCII ? "skip" : "-"
        }
    }

    func tone(_ status: CheckStatus) -> Tone {
        switch status {
        case .failed: .red
        case .unknown: .magenta
        case .blocked, .skipped: .dim
        case .passed: .green
        }
    }

    func painted(_ severity: Severity) -> String { paint(sign(severity), tone(severity)) }

    func painted(_ status: CheckStatus) -> String { paint(sign(status), tone(status)) }

    var ellipsis: String { usesASCII ? "..." : "…" }
}
