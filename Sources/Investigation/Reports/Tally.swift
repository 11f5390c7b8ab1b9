import Diagnosis

/// Counts as people read them: `1 critical, 3 errors, 2 warnings`.
enum Tally {
    /// The findings by severity, worst first; nil when there are none.
    static func findings(of conclusion: Conclusion) -> String? {
        let parts = Severity.allCases.sorted(by: >).compactMap { severity -> String? in
            let count = conclusion.count(of: severity)
            return count == 0 ? nil : phrase(count, of: severity)
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// The checks by status, leaving out what does not occur.
    static func checks(of conclusion: Conclusion) -> String {
        [CheckStatus.passed, .failed, .blocked, .unknown, .skipped]
            .map { ($0, conclusion.count(of: $0)) }.filter { $0.1 > 0 }
            .map { "\($0.1) \(word(for: $0.0))" }.joined(separator: ", ")
    }

    /// A remark is a finding too, and "failed" would be too strong a word for it.
    private static func word(for status: CheckStatus) -> String {
        switch status {
        case .failed: "with findings"
        case .unknown, .blocked, .passed, .skipped: status.rawValue
        }
    }

    /// `1 check`, `12 checks`.
    static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }

    /// `6.2 s`; below a second in milliseconds.
    static func time(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds > 0, seconds < 1e9 else { return "0 ms" }
        if seconds < 0.9995 { return "\(Int((seconds * 1000).rounded())) ms" }
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }

    private static func phrase(_ number: Int, of severity: Severity) -> String {
        switch severity {
        case .critical: "\(number) critical"
        case .error: count(number, "error")
        case .warning: count(number, "warning")
        case .info: "\(number) info"
        }
    }
}
