import Diagnosis

extension Check {
    static let rw429DroppedExamples: [Example] = [
        .triggers(
            "batches are dropped now",
            AgentExample.running(rest: " # <-- finding")
                + AgentExample.log(AgentExample.dropped(tooMany))),
        .triggers(
            "a limit, and nothing said of 429",
            limited(folder: "", limit: "100000")
                + AgentExample.manifests(
                    folder: "", url: "http://receiver.monitoring.svc:19291/api/v1/receive",
                    rest: " # <-- finding")),
        .triggers(
            "a queue with other settings",
            limited(folder: "", limit: "100000")
                + AgentExample.manifests(
                    folder: "", url: "http://receiver.monitoring.svc:19291/api/v1/receive",
                    rest: " # <-- finding\nqueue_config:\n  capacity: 20000")),
        .passes(
            "the agent tries again",
            limited(limit: "100000")
                + AgentExample.manifests(rest: "\nqueue_config: {retry_on_http_429: true}")),
        .passes(
            "somebody wants them dropped",
            limited(limit: "100000")
                + AgentExample.manifests(rest: "\nqueue_config: {retry_on_http_429: false}")),
        .passes(
            "the limit of another tenant",
            limited(limit: "0").replacing(
                "default: {head_series_limit: 0}",
                with: "tenants: {team-b: {head_series_limit: 1000}}")
                + AgentExample.manifests()),
        .passes("no limit", limited(limit: "0") + AgentExample.manifests()),
        .passes("no limits at all", AgentExample.receivers() + AgentExample.manifests()),
        .passes(
            "another status has another cause",
            AgentExample.running()
                + AgentExample.log(
                    AgentExample.dropped("server returned HTTP status 413: write request too large")
                )),
        .passes(
            "vmagent tries again by itself",
            limited(limit: "100000")
                + AgentExample.manifests(
                    image: "victoriametrics/vmagent:v1.108.1",
                    args: "[\"-remoteWrite.url=http://10.0.0.7:19291/api/v1/receive\"]")),
    ]

    private static let tooMany =
        "server returned HTTP status 429 Too Many Requests: tenant is above active series limit"

    private static func limited(folder: String = "cluster/", limit: String) -> String {
        AgentExample.receivers(
            folder: folder, args: "[receive, --receive.limits-config-file=/etc/limits/limits.yaml]",
            rest: """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: limits, namespace: monitoring}
                data:
                  limits.yaml: |
                    write:
                      default: {head_series_limit: \(limit)}
                """)
    }
}
