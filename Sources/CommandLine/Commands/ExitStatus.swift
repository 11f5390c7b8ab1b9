/// The exit codes, the same for every command and format.
enum ExitStatus: Int32 {
    /// Ran completely, nothing at or above `--fail-on`.
    case success = 0
    /// Findings at or above `--fail-on`.
    case findings = 1
    /// Usage or configuration error, or nothing to judge.
    case usage = 2
    /// Could not judge everything, and no finding at the threshold.
    case incomplete = 3
    /// A fault of thanosctl.
    case internalError = 4
    case interrupted = 130
    case terminated = 143
}
