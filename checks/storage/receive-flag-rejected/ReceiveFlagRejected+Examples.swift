import Diagnosis

extension Check {
    static let receiveFlagRejectedExamples: [Example] = [
        .triggers(
            "a flag that went with v0.42, in a render",
            receiver("v0.42.1", "--shipper.ignore-unequal-block-size # <-- finding")
                + "\n-- render.txt --\n"),
        .passes(
            "the release before knows it",
            receiver("v0.41.0", "--shipper.ignore-unequal-block-size") + "\n-- render.txt --\n"),
        .triggers(
            "two flags of a newer release, in a cluster",
            receiver(
                "v0.36.1",
                "--receive.otlp-enable-target-info # <-- finding\n            "
                    + "- --matcher-cache-size=1 # <-- finding", "cluster/")),
        .triggers(
            "a flag that is yet to come",
            receiver("v0.37.2", "--receive.grpc-service-config={} # <-- finding")),
        .triggers(
            "a letter is missing",
            receiver("v0.37.2", "--receive.hashring-file=/etc/rings.json # <-- finding")),
        .triggers(
            "the same in an image of unknown version: a hint only",
            receiver("latest", "--receive.hashring-file=/etc/rings.json # <-- finding")),
        .passes(
            "a flag of the newest release, and a digest",
            receiver("latest", "--tsdb.max-exemplars=1")),
        .triggers(
            "a label without double quotes",
            receiver("v0.37.2", "--label=replica=$(POD_NAME) # <-- finding")),
        .passes(
            "a label with them", receiver("v0.37.2", #"--label=replica="$(POD_NAME)""#)),
        .passes(
            "a label whose value is filled in from elsewhere",
            receiver("v0.37.2", "--label=replica=$(LABEL)")),
        .triggers(
            "a switch with a value",
            receiver("v0.37.2", "--tsdb.wal-compression=true # <-- finding")),
        .triggers(
            "no such algorithm",
            receiver("v0.37.2", "--receive.hashrings-algorithm=maglev # <-- finding")),
        .passes(
            "a value that Flux or Helm fills in",
            receiver("v0.37.2", "--receive.replication-factor=${COPIES}")),
        .triggers(
            "a number that is none",
            receiver("v0.37.2", "--receive.replication-factor=three # <-- finding")),
        .triggers(
            "blocks of several sizes with uploads",
            receiver("v0.37.2", "--tsdb.max-block-duration=1d # <-- finding")),
        .passes("later releases allow them", receiver("v0.42.0", "--tsdb.max-block-duration=1d")),
        .triggers(
            "an argument without its flag",
            receiver("v0.37.2", "/etc/rings.json # <-- finding")),
        .passes(
            "blocks of one size", receiver("v0.37.2", "--tsdb.max-block-duration=120m")),
        .triggers(
            "a path and a content",
            receiver("v0.37.2", "--objstore.config=type:GCS # <-- finding")),
        .passes(
            "a content that may be empty", receiver("v0.37.2", "--objstore.config=$(BUCKET)")),
        .triggers(
            "the log of the run before the restart names it",
            live(ready: "False")),
        .triggers(
            "the log names a flag that the release ought to know",
            live(ready: "False", argument: "--hash-func=SHA256", said: "--hash-func")),
        .passes("the receiver runs with what it was given", live(ready: "True")),
    ]

    private static func live(
        ready: String, argument: String = "--receive.hashrings-fil=/rings.json",
        said: String = "--receive.hashrings-fil"
    ) -> String {
        let mark = ready == "True" ? "" : " # <-- finding"
        let state = ready == "True" ? "running: {}" : "waiting: {reason: CrashLoopBackOff}"
        return receiver("v0.37.2", "\(argument)\(mark)", "cluster/")
            + """

            ---
            \(PodExample.named("receiver-0"))
            status:
              conditions: [{type: Ready, status: "\(ready)"}]
              containerStatuses: [{name: receive, restartCount: 1, state: {\(state)}}]
            -- logs/monitoring/receiver-0/receive.previous.log --
            thanos: error: unknown long flag '\(said)'
            """
    }

    private static func receiver(
        _ tag: String, _ argument: String, _ folder: String = ""
    ) -> String {
        """
        -- \(folder)receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          selector: {matchLabels: {app: receiver}}
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:\(tag)
                  env:
                    - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                    - {name: LABEL, valueFrom: {configMapKeyRef: {name: labels, key: quoted}}}
                    - {name: BUCKET, valueFrom: {secretKeyRef: {name: bucket, key: yaml}}}
                  args:
                    - receive
                    - --objstore.config-file=/etc/bucket.yaml
                    - \(argument)
        """
    }
}
