import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension Check {
    static let peerTlsMismatch = Check(
        "peer-tls-mismatch",
        severity: .error,
        stage: .preRollout,
        summary: "Receivers disagree about TLS between each other",
        why: """
            Receivers forward series to each other over gRPC. Whether the gRPC server speaks TLS and \
            whether a receiver does so as a client are two flags: with only one of them every \
            handshake fails, and no write reaches its quorum.
            """,
        fix: """
            State --remote-write.client-tls-secure with the authority in --remote-write.client-tls-ca \
            where --grpc-server-tls-cert is stated, and neither where it is not. The certificate \
            needs the name of every pod, such as a wildcard for the headless Service.
            """,
        needs: .receiverFiles, .view,
        references: [
            "https://thanos.io/tip/components/receive.md/",
            "https://github.com/thanos-io/thanos/issues/3898",
        ],
        examples: peerTlsMismatchExamples
    ) { receivers, view in
        receivers.flatMap { client in
            receivers.compactMap { server in finding(client, server, view) }
        }
    }
}

private func finding(
    _ client: ReceiverGroup, _ server: ReceiverGroup, _ view: ClusterView
) -> Finding? {
    guard client.portInRing(of: server) == server.grpcPort, server.grpcPort != nil,
        client.reference != server.reference || client.wantedPods > 1,
        client.flags.text(of: "--receive.replication-protocol") != "capnproto",
        // A sidecar may speak TLS for the receiver.
        [client, server].allSatisfy({ $0.workload.podSpec?.containers.count == 1 })
    else { return nil }
    // Before v0.35.0 there was no flag of its own for it.
    if let version = client.version, version < Version(0, 35) { return nil }
    let wants = server.flags.text(of: "--grpc-server-tls-cert")?.isEmpty == false
    let speaks = client.flags.isOn("--remote-write.client-tls-secure")
    guard wants != speaks else { return nil }
    let flag = wants ? "--grpc-server-tls-cert" : "--remote-write.client-tls-secure"
    let isKnown = client.version != nil
    let text =
        wants
        ? "\(server.reference) speaks TLS on its gRPC port, and \(client.reference) forwards to it "
            + "without --remote-write.client-tls-secure"
        : "\(client.reference) forwards with TLS to \(server.reference), which has no "
            + "--grpc-server-tls-cert"
    return Finding(
        isKnown
            ? text : "\(text); its version is not stated: before v0.35.0 the flag did not exist",
        object: client.reference, at: (wants ? server : client).range(ofFlag: flag),
        label: wants ? "TLS here only" : "TLS of the client only", severity: isKnown ? nil : .info,
        confidence: isKnown ? .certain : .possible,
        alsoAt: [
            Place((wants ? client : server).workload.object.range, "without its counterpart")
        ],
        evidence: [
            EvidenceItem(
                view.isCluster ? "cluster" : "manifest",
                "the ring of \(client.reference) holds pods of \(server.reference) on port "
                    + "\(server.grpcPort.map(String.init) ?? "")",
                command: view.kubectl(
                    "get \(client.reference.kind.lowercased()) \(client.reference.name) -o yaml",
                    namespace: client.reference.namespace))
        ],
        repair: Repair(
            text: wants
                ? "add --remote-write.client-tls-secure and --remote-write.client-tls-ca=… to "
                    + "\(client.reference)"
                : "take --remote-write.client-tls-secure away, or give \(server.reference) "
                    + "--grpc-server-tls-cert and --grpc-server-tls-key"),
        about: [server.reference] + server.services.map(\.reference) + server.pods.map(\.reference))
}
