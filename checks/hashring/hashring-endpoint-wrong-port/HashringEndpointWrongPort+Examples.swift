import Diagnosis

extension Check {
    static let hashringEndpointWrongPortExamples: [Example] = [
        .triggers(
            "the port of remote write",
            receiver([name(0, 19291) + mark, name(1, 19291), name(2, 19291)])),
        .triggers("one of them has the port of HTTP", receiver([name(0), name(1, 10902) + mark])),
        .triggers(
            "a URL, as old releases had it",
            receiver(["http://" + name(0, 19291) + "/api/v1/receive" + mark])),
        .triggers("no port", receiver([name(0, nil) + mark, name(1)])),
        .triggers(
            "another gRPC port than the receiver's own",
            receiver([name(0) + mark], arguments: ", --grpc-address=0.0.0.0:10907")),
        .triggers(
            "the usual port of remote write, of somebody else's node",
            receiver(["elsewhere.example.com:19291" + mark])),
        .triggers(
            "one Service for all of them", receiver(["receiver.monitoring.svc:10901" + mark])),
        .triggers(
            "the same in a cluster",
            receiver([name(0, 19291) + mark], file: "cluster/receiver.yaml")),
        .passes("host and gRPC port", receiver([name(0), name(1), name(2)])),
        .passes("a resolver of gRPC", receiver(["dns:///" + name(0)])),
        .passes(
            "a proxy beside the receiver listens there",
            receiver([name(0, 15000)], sidecar: "{name: proxy, ports: [{containerPort: 15000}]}")),
        .passes(
            "the receiver's gRPC port is 19291",
            receiver(
                [name(0, 19291)],
                arguments: ", --grpc-address=:19291, --remote-write.address=:10901")),
        .passes("nodes of another cluster", receiver(["receive.west.example.com:443"])),
        .passes(
            "one Service for all, which every receiver takes itself for",
            receiver(
                ["receiver.monitoring.svc:10901"],
                arguments: ", --receive.local-endpoint=receiver.monitoring.svc:10901")),
    ]

    private static let mark = "# <-- finding"

    private static func name(_ ordinal: Int, _ port: Int? = 10901) -> String {
        "receiver-\(ordinal).receiver-headless.monitoring.svc.cluster.local"
            + (port.map { ":\($0)" } ?? "")
    }

    private static func receiver(
        _ endpoints: [String], file: String = "receiver.yaml", arguments: String = "",
        sidecar: String? = nil
    ) -> String {
        let lines = endpoints.enumerated().map { index, endpoint in
            let address = endpoint.replacing(mark, with: "")
            return "\"\(address)\"" + (index + 1 < endpoints.count ? "," : "")
                + (endpoint.hasSuffix(mark) ? " \(mark)" : "")
        }
        return """
            -- \(file) --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              replicas: 3
              serviceName: receiver-headless
              template:
                metadata: {labels: {app: receiver}}
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive, --receive.hashrings-file=/etc/rings/rings.json\(arguments)]
                      volumeMounts: [{name: rings, mountPath: /etc/rings}]
                    - \(sidecar ?? "{name: other}")
                  volumes: [{name: rings, configMap: {name: rings}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: receiver, namespace: monitoring}
            spec: {selector: {app: receiver}, ports: [{port: 10901}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: rings, namespace: monitoring}
            data:
              rings.json: |
                [{"endpoints": [
                  \(lines.joined(separator: "\n      "))
                ]}]
            """
    }
}
