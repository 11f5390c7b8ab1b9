import Diagnosis

extension Check {
    static let ingressBackendMismatchExamples: [Example] = [
        .triggers("a port that the Service does not have", bundle("number: 80 # <-- finding")),
        .triggers(
            "a name that no port has, live",
            bundle("name: http # <-- finding", in: "cluster/")),
        .passes("the port by number", bundle("number: 19291")),
        .passes("the port by name", bundle("name: remote-write")),
        .passes("the Service of something else", bundle("number: 80", service: "other")),
    ]

    private static func bundle(
        _ port: String, service: String = "receiver", in folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: receiver, namespace: monitoring}
        spec:
          rules:
            - http:
                paths:
                  - path: /api/v1/receive
                    pathType: Prefix
                    backend:
                      service:
                        name: \(service)
                        port:
                          \(port)
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {selector: {app: receiver}, ports: [{name: remote-write, port: 19291}]}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - {name: receive, image: "quay.io/thanos/thanos:v0.37.2", args: [receive]}
        """
    }
}
