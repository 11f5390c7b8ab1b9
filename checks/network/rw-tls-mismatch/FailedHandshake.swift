import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// A handshake that did not come about.
func failedHandshake(_ probe: ProbeRecord, _ view: ClusterView) -> Finding? {
    guard probe.purpose == .remoteWrite, let (hop, failure) = probe.failure,
        let (text, isCertain) = verdict(on: failure)
    else { return nil }
    return Finding(
        "the TLS handshake with \(probe.endpoint) fails: \(text)", object: probe.subject,
        at: view.pipeline.services.first { $0.reference == probe.subject }?.object.range,
        severity: isCertain ? nil : .warning, confidence: isCertain ? .certain : .likely,
        evidence: [
            EvidenceItem(
                "probe", "\(hop.detail), seen from \(probe.seenFrom)", command: probe.command)
        ],
        repair: Repair(text: "let the scheme, the certificate's names and its authority fit"))
}

/// What a failure means, and whether it does so to agents too: their `tls_config` may know more
/// than this host.
private func verdict(on failure: ProbeRecord.Failure) -> (String, isCertain: Bool)? {
    switch failure {
    case .certificateExpired: ("the certificate has expired", true)
    case .tlsNotSpoken: ("nobody speaks TLS there", true)
    case .plainTextNotSpoken: ("it wants TLS", true)
    case .certificateNameMismatch: ("the certificate does not name the host", false)
    case .certificateAuthorityUnknown: ("its authority is not known on this host", false)
    case .tlsOther: ("no agreement on TLS", false)
    case _: nil
    }
}
