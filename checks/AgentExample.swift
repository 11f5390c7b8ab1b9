/// An agent as the examples of several checks show it.
enum AgentExample {
    /// A StatefulSet that writes remotely, with its ConfigMap.
    ///
    /// - Parameter rest: what stands behind the URL, further lines as deep as `url` is.
    static func manifests(
        folder: String = "cluster/", image: String = "prom/prometheus:v2.53.0",
        args: String = "[--enable-feature=agent]",
        url: String = "http://10.0.0.7:19291/api/v1/receive", rest: String = ""
    ) -> String {
        """
        -- \(folder)agent.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: agent, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: prometheus
                  image: \(image)
                  args: \(args)
                  volumeMounts: [{name: config, mountPath: /etc/prometheus}]
              volumes: [{name: config, configMap: {name: agent}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: agent, namespace: monitoring}
        data:
          prometheus.yml: |
            remote_write:
              - url: \(url)\(rest.replacing("\n", with: "\n        "))

        """
    }

    /// The same in a cluster, with its pod, on 2026-11-22 at 07:43:00 UTC.
    static func running(
        image: String = "prom/prometheus:v2.53.0", args: String = "[--enable-feature=agent]",
        url: String = "http://10.0.0.7:19291/api/v1/receive", rest: String = "",
        status: String = "{}"
    ) -> String {
        manifests(image: image, args: args, url: url, rest: rest) + """
            ---
            \(PodExample.named("agent-0"))
            status: \(status)
            -- now.txt --
            1795333380

            """
    }

    /// The log of its container.
    static func log(_ lines: String, previous: Bool = false) -> String {
        """
        -- logs/monitoring/agent-0/prometheus\(previous ? ".previous" : "").log --
        \(lines)

        """
    }

    /// A line of Prometheus 2 for a batch that was given up 44 seconds before.
    static func dropped(_ error: String) -> String {
        """
        ts=2026-11-22T07:42:15.753Z caller=dedupe.go:112 component=remote level=error \
        remote_name=central url=http://10.0.0.7:19291/api/v1/receive \
        msg="non-recoverable error" count=500 exemplarCount=0 err="\(error)"
        """
    }

    /// Receivers behind a Service with an external address.
    static func receivers(
        folder: String = "cluster/", image: String = "quay.io/thanos/thanos:v0.37.2",
        args: String = "[receive]", rest: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            metadata: {labels: {app: receiver}}
            spec:
              containers:
                - name: receive
                  image: \(image)
                  args: \(args)
                  ports: [{name: write, containerPort: 19291}, {name: http, containerPort: 10902}]
                  volumeMounts: [{name: limits, mountPath: /etc/limits}]
              volumes: [{name: limits, configMap: {name: limits}}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec:
          type: LoadBalancer
          selector: {app: receiver}
          ports: [{port: 19291, targetPort: write}, {port: 10902, targetPort: http}]
        status: {loadBalancer: {ingress: [{ip: 10.0.0.7}]}}
        \(rest)

        """
    }
}
