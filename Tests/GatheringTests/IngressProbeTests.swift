import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

@testable import Gathering

@Suite("Probes of an Ingress")
struct IngressProbeTests {
    /// - Parameter backend: the port of the Service that the rule names.
    private static func items(
        host: String = "host: receive.example", path: String = "/api/v1/receive",
        backend: Int = 19291, tls: String = "", status: String = "{ip: 127.0.0.9}"
    ) -> [String] {
        let text = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: receiver, namespace: m}
            spec:
              \(tls)
              rules:
              - \(host)
                http:
                  paths:
                  - path: \(path)
                    pathType: Prefix
                    backend: {service: {name: receiver, port: {number: \(backend)}}}
            status: {loadBalancer: {ingress: [\(status)]}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: receiver, namespace: m}
            spec: {selector: {app: r}, ports: [{port: 19291}, {port: 10902}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: m}
            spec:
              template:
                metadata: {labels: {app: r}}
                spec: {containers: [{name: receive, image: "thanos:v0.37.2", args: [receive]}]}
            """
        let documents = YAMLReader.stream(SourceText(name: "objects", text: text)).documents
        let pipeline = Pipeline(Objects(documents.compactMap { KubernetesObject($0) }))
        return ProbePlan(pipeline).items.map { "\($0.endpoint) at \($0.address ?? "its name")" }
    }

    @Test("ask for the host at the address that the Ingress has")
    func address() {
        #expect(Self.items() == ["http://receive.example:80/api/v1/receive at 127.0.0.9"])
    }

    @Test("speak TLS where the Ingress does for this host")
    func tls() {
        #expect(
            Self.items(tls: "tls: [{hosts: [receive.example], secretName: t}]")
                == ["https://receive.example:443/api/v1/receive at 127.0.0.9"])
        #expect(
            Self.items(tls: "tls: [{hosts: [other.example]}]")
                == ["http://receive.example:80/api/v1/receive at 127.0.0.9"])
    }

    @Test("look the host up where the load balancer has a name alone")
    func named() {
        #expect(
            Self.items(status: "{hostname: lb.example}")
                == ["http://receive.example:80/api/v1/receive at its name"])
    }

    @Test("are left out where no write would go")
    func leftOut() {
        #expect(Self.items(status: "").isEmpty)
        #expect(Self.items(host: "host: '*.example'").isEmpty)
        #expect(Self.items(path: "/metrics").isEmpty)
        #expect(Self.items(backend: 10902).isEmpty)
    }
}
