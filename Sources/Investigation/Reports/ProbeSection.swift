import Diagnosis
import Evidence

/// What the addresses answered, hop by hop; an address that answered well takes one line.
struct ProbeSection {
    private let probes: [ProbeRecord]
    private let display: DisplayOptions
    private let ink: Ink

    init(_ probes: [ProbeRecord], display: DisplayOptions) {
        self.probes = probes
        self.display = display
        ink = Ink(display)
    }

    func add(to page: inout ReportPage) {
        guard let first = probes.first else { return }
        page.separate()
        page.add("Probes, seen from \(TerminalText.line(first.seenFrom))")
        for probe in probes { add(probe, to: &page) }
    }

    private func add(_ probe: ProbeRecord, to page: inout ReportPage) {
        page.add("  \(sign(of: probe)) \(TerminalText.line(probe.url))")
        for hop in probe.hops where display.verbosity > 0 || hop.outcome != .skipped {
            let name = hop.kind.rawValue
            let lead = "      " + name + String(repeating: " ", count: 10 - name.count)
            let time = hop.outcome == .skipped ? "skipped" : Self.time(hop.seconds)
            let detail = hop.detail.isEmpty ? "" : ", " + TerminalText.line(hop.detail)
            page.addProse(
                time + detail, lead: lead, indent: lead.count, width: display.width)
        }
    }

    private func sign(of probe: ProbeRecord) -> String {
        if probe.failure != nil {
            return ink.paint(ink.sign(Severity.error), .red)
        }
        if probe.hops.contains(where: { $0.outcome == .passed }) {
            return ink.painted(CheckStatus.passed)
        }
        return ink.painted(CheckStatus.unknown)
    }

    /// Hops on one network take less than a millisecond.
    private static func time(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10_000).rounded())
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10) ms" : Tally.time(seconds)
    }
}
