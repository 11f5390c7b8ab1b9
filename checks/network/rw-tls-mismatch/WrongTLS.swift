import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

/// A URL that does not fit the TLS flags of the receivers that it leads to.
struct WrongTLS {
    private enum Fault { case plainReceiver, plainAgent, noCertificate }

    private let fault: Fault
    private let target: RemoteWriteTarget
    private let agent: Agent
    private let destination: WriteDestination
    private let group: ReceiverGroup

    init?(
        _ target: RemoteWriteTarget, of agent: Agent, _ view: ClusterView,
        among views: [ClusterView]
    ) {
        guard let endpoint = target.endpoint,
            let destination = WriteDestination(of: endpoint, from: view, among: views),
            let port = destination.port(of: endpoint),
            // A cloud's load balancer may end TLS itself.
            !destination.service.mayEndTLS,
            let group = destination.receivers.first,
            destination.receivers.allSatisfy({
                $0.containerPort(of: port) == $0.remoteWritePort && $0.remoteWritePort != nil
                    && $0.workload.podSpec?.containers.count == 1
            })
        else { return nil }
        let isTLS = endpoint.scheme == "https"
        let flags = destination.receivers.map(\.flags)
        if flags.allSatisfy({ $0.isStated("--remote-write.server-tls-cert") != isTLS }) {
            fault = isTLS ? .plainReceiver : .plainAgent
        } else if isTLS, target.lacksCertificate,
            flags.allSatisfy({ $0.isStated("--remote-write.server-tls-client-ca") })
        {
            fault = .noCertificate
        } else {
            return nil
        }
        self.target = target
        self.agent = agent
        self.destination = destination
        self.group = group
    }

    func finding(_ view: ClusterView) -> Finding {
        let isHere = destination.view.name == view.name
        let there = "\(group.reference)\(isHere ? "" : " in \(destination.view.name)")"
        return Finding(
            message(there), object: agent.reference, at: target.url.range, label: label,
            alsoAt: [Place(group.range(ofFlag: flag), "the receiver")],
            evidence: [
                EvidenceItem(
                    destination.view.objectSource,
                    "\(target.url.value) leads to the remote-write port of \(there)",
                    command: destination.view.kubectl(
                        "get \(group.reference.kind.lowercased()) \(group.reference.name) -o yaml",
                        namespace: group.reference.namespace))
            ],
            repair: repair,
            about: isHere ? [destination.service.reference, group.reference] : [])
    }

    private var flag: String {
        fault == .noCertificate
            ? "--remote-write.server-tls-client-ca" : "--remote-write.server-tls-cert"
    }

    private func message(_ there: String) -> String {
        switch fault {
        case .plainReceiver: "the agent speaks TLS to \(there), which has no \(flag)"
        case .plainAgent: "the agent speaks plain HTTP to \(there), which wants TLS"
        case .noCertificate: "the agent shows no certificate to \(there), which asks for one"
        }
    }

    private var label: String {
        switch fault {
        case .plainReceiver: "nobody speaks TLS there"
        case .plainAgent: "should be https"
        case .noCertificate: "without tls_config.cert_file"
        }
    }

    private var repair: Repair {
        switch fault {
        case .plainReceiver where target.isSecret:
            Repair(
                text: "give the receiver \(flag) and its key; with http:// the credentials would "
                    + "be sent in clear text")
        case .plainReceiver:
            Repair(
                edits: [.replacing("https://", with: "http://", within: target.url.range)],
                text: "write http:// in the URL, or give the receiver \(flag) and its key")
        case .plainAgent:
            Repair(text: "write https:// in the URL, or change the receiver's TLS flags")
        case .noCertificate:
            Repair(text: "state cert_file and key_file in tls_config of this remote_write")
        }
    }
}

extension ServiceObject {
    /// Whether its annotations tell a cloud's load balancer of certificates or protocols.
    fileprivate var mayEndTLS: Bool {
        object.annotations.contains { key, value in
            value == "https" || ["ssl", "tls", "cert", "protocol"].contains(where: key.contains)
        }
    }
}

extension RemoteWriteTarget {
    /// Whether it is known to show no certificate of its own.
    fileprivate var lacksCertificate: Bool {
        guard notation == .prometheus, let node else { return false }
        let tls = node["tls_config"]
        return tls?["cert_file"] == nil && tls?["cert"] == nil && tls?["cert_ref"] == nil
    }

    /// Whether something goes along that nobody else may read.
    fileprivate var isSecret: Bool {
        let keys = [
            "basic_auth", "basicAuth", "authorization", "oauth2", "bearer_token",
            "bearer_token_file", "sigv4", "tls_config", "tlsConfig",
        ]
        return keys.contains { node?[$0] != nil }
    }
}

extension ParsedReceiveFlags {
    fileprivate func isStated(_ flag: String) -> Bool { text(of: flag)?.isEmpty == false }
}
