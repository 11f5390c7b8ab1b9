/// A receiver as the examples of several checks show it.
enum IngestExample {
    /// A StatefulSet with the Service in front of it and a ConfigMap of limits.
    ///
    /// - Parameters:
    ///   - flags: further arguments, each a line of the manifest.
    ///   - mark: stands behind the container's name.
    static func manifests(
        folder: String = "cluster/", image: String = "quay.io/thanos/thanos:v0.37.2",
        mark: String = "", routes: Bool = true, flags: [String] = [],
        service: String = "type: LoadBalancer"
    ) -> String {
        let ring = [
            #"--receive.hashrings=[{"endpoints":["receiver-0.receiver:10901"]}]"#,
            "--receive.local-endpoint=receiver-0.receiver:10901",
        ]
        let lines = (["receive"] + (routes ? ring : []) + flags).map { "            - \($0)" }
        return """
            -- \(folder)receiver.yaml --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              serviceName: receiver
              template:
                metadata: {labels: {app: receiver}}
                spec:
                  containers:
                    - name: receive\(mark)
                      image: \(image)
                      args:
            \(lines.joined(separator: "\n"))
                      volumeMounts: [{name: limits, mountPath: /etc/limits}]
                  volumes: [{name: limits, configMap: {name: limits}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: receiver-lb, namespace: monitoring}
            spec:
              \(service)
              selector: {app: receiver}
              ports: [{port: 19291, targetPort: 19291}]
            status: {loadBalancer: {ingress: [{ip: 10.0.0.7}]}}

            """
    }

    /// Its pod, on 2026-11-22 at 07:43:00 UTC, with the log of its container.
    static func pod(
        _ log: String = "", ready: Bool = true, started: String = "2026-11-20T07:43:00Z",
        restarts: Int = 0
    ) -> String {
        """
        ---
        \(PodExample.named("receiver-0"))
        status:
          conditions: [{type: Ready, status: "\(ready ? "True" : "False")"}]
          containerStatuses:
            - name: receive
              ready: \(ready)
              restartCount: \(restarts)
              state: {running: {startedAt: "\(started)"}}
        -- now.txt --
        1795333380
        -- logs/monitoring/receiver-0/receive.log --
        \(log)

        """
    }

    /// What its metrics say, and what they say ten seconds later.
    static func metrics(_ page: String, later: String? = nil) -> String {
        let next = later.map { "-- metrics/monitoring/receiver-0.later.txt --\n\($0)\n" }
        return "-- metrics/monitoring/receiver-0.txt --\n\(page)\n" + (next ?? "")
    }
}
