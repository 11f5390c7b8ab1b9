import Diagnosis

extension Check {
    static let vipConnectionRefusedExamples: [Example] = [
        .triggers(
            "the VIP refuses",
            """
            -- cluster/receiver.yaml --
            apiVersion: v1
            kind: Service
            metadata:
              name: receiver # <-- finding
              namespace: monitoring
            spec: {type: LoadBalancer}
            status: {loadBalancer: {ingress: [{ip: 127.77.0.210}]}}
            -- probes.txt --
            remoteWrite http://127.77.0.210:19291/api/v1/receive refused
            """),
        .triggers(
            "an address that nobody owns refuses",
            """
            -- probes.txt --
            remoteWrite http://127.77.0.210:19291/api/v1/receive refused
            """),
        .passes(
            "the address answers",
            """
            -- probes.txt --
            remoteWrite http://127.77.0.210:19291/api/v1/receive passed
            """),
        .passes(
            "silence is not a refusal",
            """
            -- probes.txt --
            remoteWrite http://127.77.0.210:19291/api/v1/receive timedOut
            remoteWrite http://127.77.0.211:19291/api/v1/receive noRoute
            remoteWrite http://127.77.0.212:19291/api/v1/receive unreachable-from-here
            ready http://127.77.0.213:10902/-/ready refused
            """),
        .triggers(
            "a listener on the loopback address",
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args:
                        - receive
                        - --remote-write.address=127.0.0.1:19291 # <-- finding
            """),
        .triggers(
            "a listener on the loopback address is why the VIP refuses",
            """
            -- cluster/receiver.yaml --
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
                      args:
                        - receive
                        - --remote-write.address=127.0.0.1:19291 # <-- finding
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: receiver, namespace: monitoring}
            spec: {type: LoadBalancer, selector: {app: receiver}, ports: [{port: 19291}]}
            status: {loadBalancer: {ingress: [{ip: 127.77.0.210}]}}
            -- probes.txt --
            remoteWrite http://127.77.0.210:19291/api/v1/receive refused
            """),
        .passes(
            "a proxy beside it takes the writes",
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
                      args: [receive, "--remote-write.address=127.0.0.1:19291"]
                    - {name: proxy, image: "envoyproxy/envoy:v1.31.0"}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: receiver, namespace: monitoring}
            spec: {selector: {app: receiver}, ports: [{port: 8443}]}
            """),
        .passes(
            "a listener on every address",
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive, "--remote-write.address=:19291"]
            """),
    ]
}
