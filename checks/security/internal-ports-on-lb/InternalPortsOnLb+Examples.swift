import Diagnosis

extension Check {
    static let internalPortsOnLbExamples: [Example] = [
        .triggers(
            "one Service for everything",
            receivers(
                service: """
                    type: LoadBalancer
                      selector: {app: receiver}
                      ports:
                        - name: remote-write
                          port: 19291
                        - name: grpc # <-- finding
                          port: 10901
                          targetPort: grpc
                        - name: http
                          port: 80
                          targetPort: 10902
                    """)),
        .triggers(
            "a node port leads to the metrics",
            receivers(
                service: """
                    type: NodePort
                      selector: {app: receiver}
                      ports:
                        - port: 10902 # <-- finding
                          nodePort: 32488
                    """)),
        .passes(
            "remote write only",
            receivers(
                service: """
                    type: LoadBalancer
                      selector: {app: receiver}
                      ports: [{name: remote-write, port: 443, targetPort: 19291}]
                    """)),
        .passes(
            "inside the cluster the ports are needed",
            receivers(
                service: """
                    clusterIP: None
                      selector: {app: receiver}
                      ports: [{port: 10901}, {port: 10902}, {port: 19291}]
                    """)),
        .passes(
            "a proxy's port is not the receiver's",
            receivers(
                service: """
                    type: LoadBalancer
                      selector: {app: receiver}
                      ports: [{port: 443, targetPort: 8443}]
                    """)),
        .triggers(
            "a Service of its own for gRPC, for some networks only: for information",
            receivers(
                service: """
                    type: LoadBalancer
                      selector: {app: receiver}
                      loadBalancerSourceRanges: [10.20.0.0/16]
                      ports:
                        - port: 10901 # <-- finding
                    """)),
        .passes(
            "Query in another cluster shows its certificate",
            receivers(
                service: """
                    type: LoadBalancer
                      selector: {app: receiver}
                      ports: [{port: 10901}]
                    """, args: "receive, --grpc-server-tls-client-ca=/tls/ca.crt")),
        .triggers(
            "Cap'n Proto, which asks nobody who calls",
            receivers(
                service: """
                    type: LoadBalancer
                      selector: {app: receiver}
                      ports:
                        - port: 19391 # <-- finding
                    """,
                args: "receive, --http.config=/w, --receive.replication-protocol=capnproto")),
        .passes(
            "a Service of something else",
            receivers(
                service: """
                    type: LoadBalancer
                      selector: {app: query}
                      ports: [{port: 10901}, {port: 10902}]
                    """)),
    ]

    private static func receivers(service: String, args: String = "receive") -> String {
        """
        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [\(args)]
                  ports: [{name: grpc, containerPort: 10901}, {name: http, containerPort: 10902}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec:
          \(service)
        """
    }
}
