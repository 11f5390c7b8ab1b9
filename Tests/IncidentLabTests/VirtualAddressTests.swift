import HTTPServing
import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

@testable import IncidentLab

@Suite("What the lab stages behind a VIP")
struct VirtualAddressTests {
    private static let cluster = """
        apiVersion: v1
        kind: Service
        metadata: {name: s, namespace: n}
        spec: {ports: [{port: 19291, targetPort: remote-write}, {port: 80, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: p-0, namespace: n}
        spec:
          containers:
          - {name: c, ports: [{name: remote-write, containerPort: 19291}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: s-1, namespace: n, labels: {kubernetes.io/service-name: s}}
        endpoints:
        - addresses: [127.77.0.11]
          conditions: {ready: READY}
          targetRef: {kind: Pod, name: p-0}
        - addresses: [10.1.2.3]
          conditions: {ready: true}
          targetRef: {kind: Pod, name: p-0}

        """

    private static func objects(isReady: Bool) -> Objects {
        let text = cluster.replacing("READY", with: "\(isReady)")
        let stream = YAMLReader.stream(SourceText(name: "cluster.yaml", text: text))
        return Objects(stream.documents.flatMap { KubernetesObject.objects(in: $0) })
    }

    private static func stage(_ to: String) throws -> VirtualAddress {
        let text = """
            listeners:
            - {address: 127.77.0.210, ports: [19291, 80], to: \(to)}
            """
        let stage = try StageDescription(IncidentFiles(texts: ["stage.yaml": text]))
        return VirtualAddress(listener: try #require(stage.listeners.first))
    }

    @Test("a port leads to the target port of the ready endpoints that are on loopback")
    func forwards() throws {
        let address = try Self.stage("service n/s")
        let behaviour = address.behaviour(ofPort: 19291, objects: Self.objects(isReady: true))
        guard case .forwards(let targets)? = behaviour else {
            Issue.record("\(String(describing: behaviour))")
            return
        }
        #expect(targets == [ListenAddress(host: "127.77.0.11", port: 19291)])
    }

    @Test("without a ready endpoint, or without that port, nothing listens")
    func refuses() throws {
        let address = try Self.stage("service n/s")
        #expect(address.behaviour(ofPort: 19291, objects: Self.objects(isReady: false)) == nil)
        #expect(address.behaviour(ofPort: 1, objects: Self.objects(isReady: true)) == nil)
        let refused = try Self.stage("refused")
        #expect(refused.behaviour(ofPort: 19291, objects: Self.objects(isReady: true)) == nil)
    }

    @Test("silence and resets are staged as such", arguments: ["blackhole", "resets"])
    func standIns(to: String) throws {
        let behaviour = try Self.stage(to).behaviour(
            ofPort: 19291, objects: Self.objects(isReady: true))
        guard case .accepts(let kind)? = behaviour else {
            Issue.record("\(String(describing: behaviour))")
            return
        }
        #expect(kind == (to == "blackhole" ? .holdsSilently : .resets))
    }

    @Test("a stage that cannot be read says where", arguments: ["receivers: [\n", ""])
    func malformed(text: String) {
        let error = #expect(throws: LabError.self) {
            try StageDescription(IncidentFiles(texts: ["stage.yaml": text]))
        }
        #expect(error?.description.hasPrefix("stage.yaml:") == true)
    }
}
