import CRE2

/// Why a pattern is no regular expression.
package struct RegexError: Error, Hashable, Sendable {
    /// What Go's `regexp` says, such as ``error parsing regexp: missing closing ): `a(` ``.
    package let message: String

    init(_ code: cre2_error, argument: String) {
        message = "error parsing regexp: \(Self.words(for: code)): `\(argument)`"
    }

    /// Go's words (`ErrorCode` in regexp/syntax) for RE2's codes.
    private static func words(for code: cre2_error) -> String {
        switch code {
        case CRE2_BAD_ESCAPE: "invalid escape sequence"
        case CRE2_BAD_CHAR_CLASS: "invalid character class"
        case CRE2_BAD_CHAR_RANGE: "invalid character class range"
        case CRE2_MISSING_BRACKET: "missing closing ]"
        case CRE2_MISSING_PAREN: "missing closing )"
        case CRE2_UNEXPECTED_PAREN: "unexpected )"
        case CRE2_TRAILING_BACKSLASH: "trailing backslash at end of expression"
        case CRE2_REPEAT_ARGUMENT: "missing argument to repetition operator"
        case CRE2_REPEAT_SIZE: "invalid repeat count"
        case CRE2_REPEAT_OP: "invalid nested repetition operator"
        case CRE2_BAD_PERL_OP: "invalid or unsupported Perl syntax"
        case CRE2_BAD_UTF8: "invalid UTF-8"
        case CRE2_BAD_NAMED_CAPTURE: "invalid named capture"
        case CRE2_PATTERN_TOO_LARGE: "expression too large"
        default: "regexp/syntax: internal error"
        }
    }
}
