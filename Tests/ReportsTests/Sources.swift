import MarkedYAML

/// Texts that findings of the stories point into.
enum Sources {
    static let receiver = SourceText(
        name: "deploy/overlays/cluster-01-central/thanos-receiver/thanos-receiver.yaml",
        text: """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata:
              name: thanos-receiver
            spec:
              template:
                spec:
                  containers:
                    - name: thanos-receive
                      image: quay.io/thanos/thanos:v0.37.2

            """)

    static let fsGroupPatch = """
        --- a/deploy/overlays/cluster-01-central/thanos-receiver/thanos-receiver.yaml
        +++ b/deploy/overlays/cluster-01-central/thanos-receiver/thanos-receiver.yaml
        @@ -5,6 +5,8 @@
         spec:
           template:
             spec:
        +      securityContext:
        +        fsGroup: 65534
               containers:
                 - name: thanos-receive
                   image: quay.io/thanos/thanos:v0.37.2

        """

    static let flags = SourceText(
        name: "deploy/receive.yaml",
        text: String(repeating: "#\n", count: 56)
            + "          - --receive.replication-factor=3\n")

    static let hashring = SourceText(
        name: "deploy/hashrings.json",
        text: """
            [
              {
                "hashring": "default",
                "endpoints": ["receive-0:10901", "receive-1:10901"]
              }
            ]

            """)

    static let agent = SourceText(
        name: "deploy/agent.yaml",
        text: """
            remote_write:
              - url: http://192.168.101.210:19291/api/v1/receive
                queue_config:
                  max_shards: 1

            """)
}

extension SourceText {
    /// The first place where `text` stands; the start of the source when it stands nowhere.
    func range(of text: String) -> SourceRange {
        let needle = Array(text.utf8)
        let last = max(bytes.count - needle.count, 0)
        let start = (0...last).first { bytes[$0...].starts(with: needle) } ?? 0
        return SourceRange(source: self, bytes: start..<(start + needle.count))
    }
}
