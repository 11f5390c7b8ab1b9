import Diagnosis

extension Check {
    static let hashringJsonInvalidExamples: [Example] = [
        .triggers("a comma too many", receiver(#"[{"endpoints": ["a:1",]}] # <-- finding"#)),
        .triggers(
            "an object instead of an array", receiver(#"{"endpoints": ["a:1"]} # <-- finding"#)),
        .triggers("no hashring at all", receiver("[]", mark: mark)),
        .triggers("no text at all", receiver("# <-- finding")),
        .triggers(
            "an endpoint without address",
            receiver(#"[{"endpoints": [{"az": "a"}]}] # <-- finding"#)),
        .triggers(
            "zones with hashmod",
            receiver(#"[{"endpoints": [{"address": "a:1", "az": "a"}]}] # <-- finding"#)),
        .triggers(
            "an algorithm that does not exist",
            receiver(#"[{"algorithm": "ketema", "endpoints": ["a:1"]}] # <-- finding"#)),
        .triggers(
            "a matcher that does not exist",
            receiver(
                #"[{"tenants": ["a"], "tenant_matcher_type": "regex", "endpoints": ["a:1"]}]"#
                    + mark
            )),
        .triggers(
            "a misspelt key",
            receiver(#"[{"tenant": ["a"], "endpoints": ["a:1"]}] # <-- finding"#)),
        .triggers(
            "a template without its values, perhaps",
            receiver(#"[{"endpoints": ${endpoints}}] # <-- finding"#)),
        .triggers(
            "in a cluster, where a pod still runs with what it had",
            receiver(#"[{"endpoints": "a:1"}]"# + mark, file: "cluster/receiver.yaml") + pod),
        .triggers(
            "in the flag",
            receiver("[]", flag: "--receive.hashrings=[] # <-- finding")),
        .triggers(
            "a file in a Secret, on which the receivers end",
            secret(mark: mark, state: "{waiting: {reason: CrashLoopBackOff}}") + #"""
                level=error err="configuration file is not parsable\nmain.main\n\tmain.go:1\n\
                failed to parse configuration file: unexpected end of JSON input\nmain.main\n"
                """#),
        .triggers(
            "a file in a Secret, which a receiver that runs could not load",
            secret(mark: mark, ready: "True") + refused("11:58:00")),
        .passes(
            "it could not load it an hour ago", secret(ready: "True") + refused("10:58:00")),
        .triggers(
            "an image by digest, zones with hashmod, and receivers that end on them",
            receiver(
                #"[{"endpoints": [{"address": "a:1", "az": "a"}]}] # <-- finding"#,
                file: "cluster/receiver.yaml", flag: file + mark
            ).replacing("thanos:v0.37.2", with: "thanos@sha256:0123") + """

                ---
                \(PodExample.named("receiver-0"))
                status:
                  containerStatuses:
                    - {name: receive, restartCount: 1, state: {waiting: {reason: CrashLoopBackOff}}}
                -- logs/monitoring/receiver-0/receive.log --
                level=error err="Hashmod algorithm does not support AZ aware hashring configuration."
                """),
        .passes("a ring", receiver(#"[{"hashring": "default", "endpoints": ["a:1"]}]"#)),
        .passes(
            "zones with ketama",
            receiver(
                #"[{"algorithm": "ketama", "endpoints": [{"address": "a", "az": "a"}]}]"#)),
        .passes(
            "keys of its own, and glob",
            receiver(
                #"[{"_": "", "tenants": ["a*"], "tenant_matcher_type": "glob", "endpoints": []}]"#
            )),
        .passes(
            "shuffle sharding, before Thanos knew it",
            receiver(#"[{"endpoints": ["a:1"], "shuffle_sharding_config": {"shard_size": 2}}]"#)),
        .passes(
            "a placeholder for what the controller writes", receiver("[]") + controller),
        .passes(
            "an overlay has another text",
            receiver("[]") + """

                -- overlay/rings.yaml --
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: rings, namespace: monitoring}
                data: {rings.json: '[{"endpoints": ["a:1"]}]'}
                """),
    ]

    private static let file = "--receive.hashrings-file=/etc/rings/rings.json"
    private static let mark = " # <-- finding"

    private static func receiver(
        _ text: String, file: String = "receiver.yaml", mark: String = "",
        flag: String = file
    ) -> String {
        """
        -- \(file) --
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
                    - \(flag)
                  volumeMounts: [{name: rings, mountPath: /etc/rings}]
              volumes: [{name: rings, configMap: {name: rings}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: rings, namespace: monitoring}
        data:
          rings.json: |\(mark)
            \(text)
        """
    }

    private static func secret(
        mark: String = "", ready: String = "False", state: String = "{running: {}}"
    ) -> String {
        """
        -- now.txt --
        1795176000
        -- cluster/receiver.yaml --
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
                    - --receive.hashrings-file=/etc/rings/rings.json\(mark)
                  volumeMounts: [{name: rings, mountPath: /etc/rings}]
              volumes: [{name: rings, secret: {secretName: rings}}]
        ---
        \(PodExample.named("receiver-0"))
        status:
          conditions: [{type: Ready, status: "\(ready)"}]
          containerStatuses: [{name: receive, restartCount: 1, state: \(state)}]
        -- logs/monitoring/receiver-0/receive.log --

        """
    }

    /// What a receiver writes that keeps the hashring it had.
    private static func refused(_ time: String) -> String {
        """
        ts=2026-11-20T\(time)Z level=error component=config-watcher \
        msg="failed to load configuration file" err="failed to parse configuration file: \
        invalid character ',': configuration file is not parsable" path=/etc/rings/rings.json
        """
    }

    private static let pod = """

        ---
        \(PodExample.named("receiver-0"))
        status: {conditions: [{type: Ready, status: "True"}]}
        """

    private static let controller = """

        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: controller, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: controller
                  image: quay.io/observatorium/thanos-receive-controller:main
                  args: [--configmap-name=base, --configmap-generated-name=rings]
        """
}
