import Diagnosis

extension Check {
    static let hashringStaleConfigExamples: [Example] = [
        .triggers("a file mounted with subPath", subPath(mark: " # <-- finding")),
        .passes("a directory", receiver()),
        .passes(
            "subPath, and a checksum that makes new pods",
            subPath(annotations: "{checksum/hashrings: 3f2a}")),
        .passes(
            "subPath, and Reloader restarts",
            subPath(owner: ", annotations: {reloader.stakater.com/auto: \"true\"}")),
        .passes("subPath of a generated ConfigMap", subPath(map: "rings-5t9bk2h7mg")),
        .triggers(
            "one pod runs with an older file",
            live(mark: " # <-- finding") + page(0, current) + page(1, "1.62576203141602e+14")),
        .triggers(
            "a new ring that is no JSON: a restart would end them all",
            live(mark: " # <-- finding", ring: #"[{"endpoints": ["receiver-0:10901""#)
                + page(0, "1.62576203141602e+14")),
        .triggers(
            "a new ring with fewer endpoints than copies",
            live(
                mark: " # <-- finding",
                flags: ", --receive.replication-factor=3, --receive.hashrings-algorithm=ketama")
                + page(0, "1.62576203141602e+14")),
        .triggers(
            "changed a minute ago: not more than a hint",
            live(mark: " # <-- finding", changed: "2026-11-22T11:59:00Z")
                + page(0, "1.62576203141602e+14")),
        .passes(
            "all run with the file, by MD5 and by SHA-256",
            live() + page(0, current) + page(1, "2.59544005537314e+14")),
        .passes(
            "a pod of an older revision is being replaced",
            live(revision: "old") + page(0, current) + page(1, "1.62576203141602e+14")),
        .passes("a pod that has read nothing yet", live() + page(0, "0")),
        .triggers(
            "pods disagree about a file in a Secret",
            secret(mark: " # <-- finding") + page(0, "1.1e+13") + page(1, "1.2e+13")),
        .passes(
            "pods agree about a file in a Secret",
            secret() + page(0, "1.1e+13") + page(1, "1.1e+13")),
    ]

    private static let ring = #"[{"endpoints": ["receiver-0:10901"]}]"#
    private static let current = "2.02657147259864e+14"

    private static func receiver(
        file: String = "receiver.yaml", mount: String = "mountPath: /etc/rings",
        map: String = "rings", annotations: String = "{}", owner: String = "", key: String = "",
        changed: String = "2026-11-20T09:00:00Z", ring: String = ring, flags: String = ""
    ) -> String {
        """
        -- \(file) --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring\(owner)}
        spec:
          replicas: 2
          template:
            metadata: {annotations: \(annotations)}
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --receive.hashrings-file=/etc/rings/rings.json\(flags)]
                  volumeMounts:
                    - name: rings
                      \(mount)
              volumes: [{name: rings, configMap: {name: \(map)}}]
        status: {updateRevision: new}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: \(map)
          namespace: monitoring
          managedFields: [{manager: kubectl, time: "\(changed)"}]
        data:
          rings.json: |\(key)
            \(ring)
        """
    }

    private static func subPath(
        mark: String = "", map: String = "rings", annotations: String = "{}", owner: String = ""
    ) -> String {
        receiver(
            mount: "mountPath: /etc/rings/rings.json\n              subPath: rings.json" + mark,
            map: map, annotations: annotations, owner: owner)
    }

    private static func live(
        mark: String = "", changed: String = "2026-11-20T09:00:00Z", revision: String = "new",
        ring: String = ring, flags: String = ""
    ) -> String {
        receiver(
            file: "cluster/receiver.yaml", key: mark, changed: changed, ring: ring, flags: flags)
            + pod(0) + pod(1, revision: revision) + "\n-- now.txt --\n1795348800"
    }

    private static func pod(_ number: Int, revision: String = "new") -> String {
        """

        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: receiver-\(number)
          namespace: monitoring
          labels: {controller-revision-hash: \(revision)}
          ownerReferences: [{kind: StatefulSet, name: receiver, controller: true}]
        """
    }

    private static func page(_ number: Int, _ hash: String) -> String {
        """

        -- metrics/monitoring/receiver-\(number).txt --
        thanos_receive_config_hash \(hash)
        """
    }

    private static func secret(mark: String = "") -> String {
        """
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
        """ + pod(0) + pod(1)
    }
}
