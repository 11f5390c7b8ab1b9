import Diagnosis

extension Check {
    static let queryEndpointMissingExamples: [Example] = [
        .triggers("no endpoint at all", QueryExample.query("--log.level=info", mark: true)),
        .triggers(
            "only a sidecar", QueryExample.query("--endpoint=prometheus:10901 # <-- finding")),
        .triggers(
            "the HTTP port",
            QueryExample.query("--endpoint=dns+receiver-headless:10902 # <-- finding")),
        .triggers(
            "a port name that the Service lacks",
            QueryExample.query(
                "--endpoint=dnssrv+_h2c._tcp.receiver-headless.monitoring.svc # <-- finding")),
        .triggers(
            "no store is a receiver",
            QueryExample.query(
                headless,
                more: stores(#"{"sidecar": [{"name": "10.0.0.9:10901", "lastError": null}]}"#))),
        .triggers(
            "a ready receiver that Query cannot reach",
            QueryExample.query(
                headless,
                more: stores(
                    #"{"receive": [{"name": "10.0.0.1:10901", "lastError": "getting metadata: "#
                        + #"rpc error: code = DeadlineExceeded"}]}"#))),
        .triggers(
            "a receiver that is ready for an hour is not listed beside another",
            QueryExample.query(headless, more: pod(1) + pod(2) + listing(1))),
        .passes(
            "it is ready for a minute",
            QueryExample.query(
                headless, more: pod(1) + pod(2, readySince: "2026-11-20T11:59:00Z") + listing(1))),
        .passes(
            "both are listed",
            QueryExample.query(headless, more: pod(1) + pod(2) + listing(1, 2))),
        .passes("SRV records of the headless Service", QueryExample.query(headless)),
        .passes(
            "addresses of the headless Service",
            QueryExample.query("--endpoint=dns+receiver-headless.monitoring.svc:10901")),
        .triggers(
            "nobody names the receivers",
            QueryExample.query("--endpoint=store:10901 # <-- finding", more: store)),
        .passes(
            "a proxy beside the receiver",
            QueryExample.query("--endpoint=dns+receiver-headless:10911")),
        .passes(
            "one pod after another",
            QueryExample.query(
                "--endpoint=receiver-0.receiver-headless.monitoring.svc.example.org:10901")),
        .passes(
            "endpoints from a file",
            QueryExample.query("--endpoint.sd-config-file=/etc/query/endpoints.yaml")),
        .passes(
            "a Query of Queries",
            QueryExample.query(
                headless, more: stores(#"{"query": [{"name": "10.0.0.9:10901"}]}"#))),
        .passes(
            "a pod that is gone",
            QueryExample.query(
                headless,
                more: stores(
                    #"{"receive": [{"name": "10.0.0.1:10901"}, "#
                        + #"{"name": "10.0.0.8:10901", "lastError": "connection refused"}]}"#))),
    ]

    private static let headless =
        "--endpoint=dnssrv+_grpc._tcp.receiver-headless.monitoring.svc.cluster.local"

    private static let store = """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: store, namespace: monitoring}
        spec: {clusterIP: 10.96.0.8, selector: {app: store}, ports: [{name: grpc, port: 10901}]}
        """

    private static func pod(
        _ number: Int, readySince time: String = "2026-11-20T11:00:00Z"
    ) -> String {
        """
        \n---
        \(PodExample.named("receiver-\(number)"))
        spec: {containers: [{name: receive}]}
        status:
          podIP: 10.0.1.\(number)
          conditions: [{type: Ready, status: "True", lastTransitionTime: "\(time)"}]
        """
    }

    /// What Query lists at noon.
    private static func listing(_ numbers: Int...) -> String {
        let stores = numbers.map { "{\"name\": \"10.0.1.\($0):10901\", \"lastError\": null}" }
        return "\n-- now.txt --\n1795176000\n"
            + Self.stores("{\"receive\": [\(stores.joined(separator: ", "))]}")
    }

    private static func stores(_ data: String) -> String {
        "-- query/stores.json --\n{\"status\": \"success\", \"data\": \(data)}"
    }
}
