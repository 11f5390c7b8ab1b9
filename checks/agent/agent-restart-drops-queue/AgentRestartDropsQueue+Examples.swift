import Diagnosis

extension Check {
    static let agentRestartDropsQueueExamples: [Example] = [
        .triggers(
            "the run before ended with a full queue",
            patient(AgentExample.running(rest: " # <-- finding"))
                + AgentExample.log(flush, previous: true)),
        .triggers(
            "long ago: a warning",
            patient(AgentExample.running(rest: " # <-- finding"))
                .replacing("1795333380", with: "1795533380")
                + AgentExample.log(flush, previous: true)),
        .triggers(
            "Kubernetes' default is shorter than Prometheus'",
            AgentExample.manifests(folder: "")
                .replacing(
                    "    spec:\n      containers", with: "    spec: # <-- finding\n      containers"
                )),
        .triggers(
            "a grace that is stated and short",
            AgentExample.manifests(folder: "").replacing(
                "    spec:\n      containers",
                with: "    spec:\n      terminationGracePeriodSeconds: 60 # <-- finding\n"
                    + "      containers"
            )),
        .passes(
            "time enough, and an empty queue",
            patient(AgentExample.running())
                + AgentExample.log("msg=\"See you next time!\"", previous: true)),
        .passes(
            "a deadline of its own",
            AgentExample.manifests(
                folder: "", args: "[--enable-feature=agent, --storage.remote.flush-deadline=20s]")),
        .passes(
            "another program",
            AgentExample.manifests(
                folder: "", image: "victoriametrics/vmagent:v1.108.1",
                args: "[\"-remoteWrite.url=http://10.0.0.7:19291/api/v1/receive\"]")),
    ]

    private static let flush = """
        ts=2026-11-22T07:42:35.476Z caller=dedupe.go:112 component=remote level=error \
        remote_name=refused url=http://10.0.0.7:19291/api/v1/receive \
        msg="Failed to flush all samples on shutdown" count=1999
        """

    private static func patient(_ bundle: String) -> String {
        bundle.replacing(
            "    spec:\n      containers",
            with: "    spec:\n      terminationGracePeriodSeconds: 90\n      containers")
    }
}
