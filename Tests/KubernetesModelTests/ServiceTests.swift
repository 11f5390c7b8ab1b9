import KubernetesModel
import MarkedYAML
import Testing

@Suite("Services")
struct ServiceTests {
    private func service(_ spec: String, status: String = "{}") throws -> ServiceObject {
        let found = objects(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: receive, namespace: monitoring}
            spec: \(spec)
            status: \(status)
            """)
        return try #require(found.first.flatMap(ServiceObject.init))
    }

    @Test("have Kubernetes' defaults where nothing is stated")
    func defaults() throws {
        let service = try service("{ports: [{port: 19291}]}")
        #expect(service.type == "ClusterIP")
        #expect(!service.isHeadless && !service.isLoadBalancer)
        #expect(service.ports.map(\.transport) == ["TCP"])
        #expect(service.ports.map { $0.target?.int } == [19291])
        #expect(service.externalAddresses.isEmpty && service.clusterAddresses.isEmpty)
    }

    @Test("list their addresses from wherever they were given")
    func addresses() throws {
        let service = try service(
            "{clusterIP: 10.96.0.7, clusterIPs: [10.96.0.7, 'fd00::7'], externalIPs: [192.0.2.9]}",
            status: "{loadBalancer: {ingress: [{ip: 192.0.2.7}, {hostname: lb.example.org}]}}")
        #expect(service.assignedAddresses == ["192.0.2.7", "lb.example.org"])
        #expect(service.externalAddresses == ["192.0.2.7", "lb.example.org", "192.0.2.9"])
        #expect(service.clusterAddresses == ["10.96.0.7", "fd00::7"])
    }

    @Test("without an address of their own have none, and are headless")
    func headless() throws {
        let service = try service("{clusterIP: None, clusterIPs: [None]}")
        #expect(service.isHeadless)
        #expect(service.clusterAddresses.isEmpty)
    }

    @Test(
        "select pods of their own namespace with all of the labels, and nothing without a selector",
        arguments: [
            ("{selector: {app: receive}}", "monitoring", true),
            ("{selector: {app: receive}}", "other", false),
            ("{selector: {app: receive, tier: web}}", "monitoring", false),
            ("{selector: {}}", "monitoring", false),
            ("{}", "monitoring", false),
        ])
    func selects(spec: String, namespace: String, isSelected: Bool) throws {
        let labels = ["app": "receive", "extra": "x"]
        #expect(try service(spec).selects(labels, in: namespace) == isSelected)
    }

    @Test("are known to the cluster's DNS by three names")
    func names() throws {
        #expect(
            try service("{}").clusterNames == [
                "receive.monitoring", "receive.monitoring.svc",
                "receive.monitoring.svc.cluster.local",
            ])
    }

    @Test("of another group are others")
    func otherGroups() {
        let found = objects(
            "{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: a}}")
        #expect(found.compactMap(ServiceObject.init).isEmpty)
    }
}
