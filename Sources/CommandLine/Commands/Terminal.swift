import FoundationEssentials
import Glibc

/// What a stream can show.
struct Terminal {
    enum ColorChoice: String { case auto, always, never }

    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    private var isTerminal: Bool { isatty(descriptor) == 1 }

    /// The columns of the terminal, 80 elsewhere, at most 120.
    var width: Int {
        var size = winsize()
        guard isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return 80
        }
        return min(120, Int(size.ws_col))
    }

    /// NO_COLOR (no-color.org) switches off when present and not empty.
    func usesColor(_ choice: ColorChoice) -> Bool {
        switch choice {
        case .always: return true
        case .never: return false
        case .auto:
            let environment = ProcessInfo.processInfo.environment
            if environment["NO_COLOR"]?.isEmpty == false { return false }
            if environment["CLICOLOR_FORCE"]?.isEmpty == false { return true }
            return isTerminal && environment["TERM"] != "dumb"
        }
    }

    /// Whether the locale can show more than ASCII; an unset one is taken to.
    static var hasUTF8Locale: Bool {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
            .first { !$0.isEmpty }
        guard let locale else { return true }
        let folded = locale.lowercased()
        return folded.contains("utf-8") || folded.contains("utf8")
    }
}
