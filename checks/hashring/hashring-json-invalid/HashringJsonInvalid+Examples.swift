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

    private static let mark = " # <-- finding"

    private static func receiver(
        _ text: String, file: String = "receiver.yaml", mark: String = "",
        flag: String = "--receive.hashrings-file=/etc/rings/rings.json"
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
