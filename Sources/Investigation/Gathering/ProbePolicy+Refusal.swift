import NetworkProbes
import PipelineModel

extension ProbePolicy {
    /// Why a host may not be contacted; nil when it may.
    func refusal(ofHost host: String) -> String? {
        guard isEnabled else { return "probes were switched off (--no-probes)" }
        guard !only.isEmpty else { return nil }
        guard let literal = IPAddress(host), only.contains(where: { $0.contains(literal) })
        else { return "outside what --probe-only allows" }
        return nil
    }

    func refusal(ofURL url: String) -> String? {
        refusal(ofHost: EndpointAddress(url: url)?.host ?? url)
    }
}
