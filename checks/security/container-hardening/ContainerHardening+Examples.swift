import Diagnosis

extension Check {
    static let containerHardeningExamples: [Example] = [
        .triggers("root", bundle(context: "{runAsUser: 0} # <-- finding")),
        .triggers(
            "the tag latest, live", bundle(image: "thanos:latest # <-- finding", in: "cluster/")),
        .triggers("no tag", bundle(image: "localhost:5000/thanos # <-- finding")),
        .triggers(
            "an agent that takes any certificate",
            agent("https", "insecure_skip_verify: true # <-- finding")),
        .passes("a certificate authority of its own", agent("https", "ca_file: /etc/ca/ca.crt")),
        .passes("no TLS at all", agent("http", "insecure_skip_verify: true")),
        .passes("a version and nothing said of users", bundle()),
        .passes("an ordinary user", bundle(context: "{runAsUser: 65534, runAsNonRoot: true}")),
        .passes("a digest", bundle(image: "thanos:latest@sha256:0123")),
        .passes("a tag that a tool fills in", bundle(image: "thanos:${TAG}")),
    ]

    private static func agent(_ scheme: String, _ setting: String) -> String {
        """
        -- prometheus.yml --
        remote_write:
          - url: \(scheme)://receive.example/api/v1/receive
            tls_config:
              \(setting)
        """
    }

    private static func bundle(
        context: String = "{}", image: String = "thanos:v0.37.2", in folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              securityContext: \(context)
              containers:
                - name: receive
                  args: [receive, --tsdb.path=/data]
                  image: \(image)
        """
    }
}
