import Diagnosis

extension Check {
    static let envRefUnresolvedExamples: [Example] = [
        .triggers("no env at all", receiver(argument: label("$(POD_NAME)") + " # <-- finding")),
        .triggers(
            "the variable has another name",
            receiver(argument: label("$(POD_NAME)") + " # <-- finding", env: [field("NAME")])),
        .triggers(
            "a variable that only a runtime sets",
            receiver(argument: label("$(HOSTNAME)") + " # <-- finding")),
        .triggers(
            "a variable used before it is defined",
            receiver(
                argument: label("$(REPLICA)"),
                env: ["- {name: REPLICA, value: \"$(POD_NAME)\"} # <-- finding", field("POD_NAME")]
            )),
        .triggers(
            "braces, as a shell writes it",
            receiver(
                argument: label("${POD_NAME}") + " # <-- finding", env: [field("POD_NAME")])),
        .triggers(
            "the same in a live object",
            receiver(
                file: "cluster/receiver.yaml", argument: label("$(POD_NAME)") + " # <-- finding")),
        .triggers(
            "another component",
            receiver(argument: label("one"))
                + receiver(
                    file: "query.yaml", command: "query",
                    argument: "--query.replica-label=$(LABEL) # <-- finding")),
        .passes(
            "it is defined", receiver(argument: label("$(POD_NAME)"), env: [field("POD_NAME")])),
        .passes(
            "it is defined before it is used",
            receiver(
                argument: label("$(REPLICA)"),
                env: [field("POD_NAME"), "- {name: REPLICA, value: \"$(POD_NAME)\"}"])),
        .passes(
            "it may come from a ConfigMap", receiver(argument: label("$(X)"), more: "envFrom: [{}]")
        ),
        .passes("a dollar that is escaped", receiver(argument: label("$$(POD_NAME)"))),
        .passes("the variables of a Service", receiver(argument: label("$(SHOP_SERVICE_HOST)"))),
        .passes("braces that the deployment fills in", receiver(argument: label("${cluster}"))),
        .passes(
            "an overlay defines it",
            receiver(argument: label("$(POD_NAME)")) + """

                -- overlay/patch.yaml --
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: receive}
                spec: {template: {spec: {containers: [{name: receive, env: [{name: POD_NAME}]}]}}}
                """),
    ]

    private static func label(_ value: String) -> String { "'--label=replica=\"\(value)\"'" }

    private static func field(_ name: String) -> String {
        "- {name: \(name), valueFrom: {fieldRef: {fieldPath: metadata.name}}}"
    }

    private static func receiver(
        file: String = "receiver.yaml", command: String = "receive", argument: String,
        env: [String] = [], more: String = "tty: false"
    ) -> String {
        let indent = "\n" + String(repeating: " ", count: 12)
        let entries = env.isEmpty ? "" : "\n          env:" + env.map { indent + $0 }.joined()
        return """

            -- \(file) --
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: \(command), namespace: monitoring}
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      \(more)
                      args:
                        - \(command)
                        - \(argument)\(entries)
            """
    }
}
