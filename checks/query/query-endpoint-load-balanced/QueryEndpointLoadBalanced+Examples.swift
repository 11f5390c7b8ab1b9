import Diagnosis

extension Check {
    static let queryEndpointLoadBalancedExamples: [Example] = [
        .triggers("a ClusterIP", QueryExample.query("--endpoint=receiver:10901 # <-- finding")),
        .triggers(
            "its address", QueryExample.query("--endpoint=10.96.0.7:10901 # <-- finding")),
        .triggers(
            "DNS gives one address for it",
            QueryExample.query("--endpoint=dns+receiver.monitoring.svc:10901 # <-- finding")),
        .triggers(
            "the headless Service without a lookup",
            QueryExample.query("--endpoint=receiver-headless:10901 # <-- finding")),
        .passes(
            "each pod by DNS", QueryExample.query("--endpoint=dns+receiver-headless:10901")),
        .passes(
            "the ClusterIP beside each pod",
            QueryExample.query(
                "--endpoint=receiver:10901",
                "--endpoint=dnssrv+_grpc._tcp.receiver-headless.monitoring.svc")),
        .passes(
            "one pod after another",
            QueryExample.query("--endpoint=receiver-0.receiver-headless.monitoring.svc:10901")),
        .passes(
            "a group that is balanced on purpose",
            QueryExample.query("--endpoint-group=receiver:10901")),
        .passes(
            "one receiver", QueryExample.query("--endpoint=receiver:10901", replicas: 1)),
    ]
}
