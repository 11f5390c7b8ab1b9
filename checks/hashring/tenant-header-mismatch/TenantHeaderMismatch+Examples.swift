import Diagnosis

extension Check {
    static let tenantHeaderMismatchExamples: [Example] = [
        .triggers(
            "a header of Mimir", receiver() + agent("X-Scope-OrgID: team-a # <-- finding")),
        .triggers(
            "another header than the receivers were told",
            receiver("--receive.tenant-header=X-Team")
                + agent("X-Tenant: team-a # <-- finding")),
        .triggers(
            "a header of Mimir, whose tenant no hashring would take",
            receiver(#"'--receive.hashrings=[{"tenants":["default-tenant"],"endpoints":["a:1"]}]'"#)
                + agent("X-Scope-OrgID: team-a # <-- finding")),
        .triggers(
            "a name that is a folder outside the tenant's own",
            receiver() + agent("THANOS-TENANT: '..' # <-- finding")),
        .triggers("a slash in the name", receiver() + agent("THANOS-TENANT: a/b # <-- finding")),
        .triggers(
            "quotes around the default",
            receiver("'--receive.default-tenant-id=\"team-a\"' # <-- finding")),
        .triggers(
            "a receiver refuses names",
            receiver("--receive.tenant-header=X # <-- finding", file: "cluster/receiver.yaml")
                + log),
        .passes("the header of Thanos", receiver() + agent("THANOS-TENANT: team-a")),
        .passes("in small letters", receiver() + agent("thanos-tenant: team-a")),
        .passes(
            "the header of Thanos always counts",
            receiver("--receive.tenant-header=X-Team") + agent("THANOS-TENANT: team-a")),
        .passes("no header at all", receiver() + agent("X-Trace: b")),
        .passes(
            "a certificate tells the tenant",
            receiver("--receive.tenant-certificate-field=commonName")
                + agent("X-Scope-OrgID: team-a")),
        .passes(
            "the agent writes elsewhere",
            receiver() + agent("X-Scope-OrgID: team-a", host: "mimir.other.svc")),
        .passes("another default", receiver("--receive.default-tenant-id=team-a")),
    ]

    private static func receiver(
        _ argument: String = "--log.level=info", file: String = "receiver.yaml"
    ) -> String {
        """
        -- \(file) --
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
                    - \(argument)
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: receiver, namespace: monitoring}
        spec: {selector: {app: receiver}, ports: [{port: 19291}]}
        """
    }

    private static func agent(
        _ header: String, host: String = "receiver.monitoring.svc"
    ) -> String {
        """

        -- prometheus.yml --
        remote_write:
          - url: http://\(host):19291/api/v1/receive
            headers:
              \(header)
        """
    }

    private static let log = """

        ---
        \(PodExample.named("receiver-0"))
        -- logs/monitoring/receiver-0/receive.log --
        ts=2026-11-22T07:34:02.371361311Z caller=handler.go:514 level=error component=receive \
        component=receive-handler msg="error getting tenant from HTTP" err="Tenant name not valid"
        """
}
