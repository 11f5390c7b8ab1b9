import Diagnosis

extension Check {
    static let svcNoReadyEndpointsExamples: [Example] = [
        .triggers(
            "three endpoints, none ready",
            service(
                mark: " # <-- finding",
                slice: """
                    apiVersion: discovery.k8s.io/v1
                    kind: EndpointSlice
                    metadata:
                      name: receiver-x7k
                      namespace: monitoring
                      labels: {kubernetes.io/service-name: receiver}
                    endpoints:
                      - {addresses: [127.77.0.11], conditions: {ready: false}}
                      - {addresses: [127.77.0.12], conditions: {ready: false}}
                      - {addresses: [127.77.0.13], conditions: {ready: false, serving: false}}
                    """)),
        .triggers(
            "no slice at all", service(mark: " # <-- finding", slice: namespace)),
        .passes(
            "one ready endpoint is enough",
            service(
                slice: """
                    apiVersion: discovery.k8s.io/v1
                    kind: EndpointSlice
                    metadata:
                      name: receiver-x7k
                      namespace: monitoring
                      labels: {kubernetes.io/service-name: receiver}
                    endpoints:
                      - {addresses: [127.77.0.11], conditions: {ready: false}}
                      - {addresses: [127.77.0.12]}
                    """)),
        .passes("a headless Service is no entrance", service(type: "clusterIP: None")),
        .passes("nothing is meant to run", service(replicas: 0)),
    ]

    private static let namespace = "{apiVersion: v1, kind: Namespace, metadata: {name: monitoring}}"

    private static func service(
        mark: String = "", type: String = "type: LoadBalancer", replicas: Int = 3,
        slice: String = namespace
    ) -> String {
        """
        -- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          replicas: \(replicas)
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - {name: receive, image: "quay.io/thanos/thanos:v0.37.2", args: [receive]}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: receiver\(mark)
          namespace: monitoring
        spec:
          \(type)
          selector: {app: receiver}
        -- cluster/endpointslices.yaml --
        \(slice)
        """
    }
}
