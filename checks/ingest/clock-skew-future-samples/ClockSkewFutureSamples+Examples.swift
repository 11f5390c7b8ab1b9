import Diagnosis

extension Check {
    static let clockSkewFutureSamplesExamples: [Example] = [
        .triggers(
            "a tenant's head is a day ahead, and refuses the present",
            receiver(guarded: false, mark: mark) + page(ahead: 86_400, refused: 20)),
        .triggers(
            "ten minutes ahead: a warning",
            receiver(guarded: false, mark: mark) + page(ahead: 600, refused: 0)),
        .triggers("the guard refuses them: a warning", receiver(mark: mark, log: log)),
        .triggers(
            "a node with a fast clock",
            receiver() + leases(["11:59:55", "11:59:57", "12:09:58"], mark: mark)),
        .triggers(
            "an edge whose clock is ahead of the receivers'",
            receiver() + edge(ahead: 760, uncertainty: 1.5, mark: mark)),
        .triggers(
            "a receiver without a guard, for information", manifest(guarded: false, mark: mark)),
        .triggers(
            "a guard that is switched off",
            manifest().replacing("=5m", with: "=0s # <-- finding")),
        .passes("heads of the present", receiver() + page(ahead: -3, refused: 20)),
        .passes(
            "an empty head", receiver() + emptyPage),
        .passes(
            "all nodes are ahead, so that this clock is slow",
            receiver() + leases(["12:09:55", "12:09:57", "12:09:58"])
                + page(ahead: 600, refused: 0)),
        .passes(
            "an edge and the receivers are both ahead of the clock here",
            receiver()
                + edge(ahead: 760, uncertainty: 1.5).replacing("0 0.6", with: "755 0.6")),
        .passes(
            "an answer that took too long to tell",
            receiver() + edge(ahead: 310, uncertainty: 12)),
        .passes("an edge that is behind", receiver() + edge(ahead: -900, uncertainty: 1)),
        .passes("one node alone proves nothing", receiver() + leases(["12:09:58"])),
        .passes("nodes that are down", receiver() + leases(["09:00:00", "11:59:57"])),
        .passes("refused yesterday", receiver(log: log.replacing("-20T", with: "-19T"))),
        .passes("with the guard", manifest()),
        .passes(
            "a router stores nothing",
            manifest(guarded: false).replacing(
                "- receive\n", with: "- receive\n            - --receive.hashrings=[]\n")),
        .passes(
            "a release without the flag",
            manifest(guarded: false).replacing("v0.37.2", with: "v0.31.0")),
    ]

    private static let mark = " # <-- finding"
    private static let log = """
        ts=2026-11-20T11:59:12.673270332Z caller=writer.go:44 level=warn component=receive \
        component=receive-writer tenant=default-tenant msg="block metric too far in the future" \
        lset="{__name__=\\"m\\"}" timestamp=4102444800000 bound=1795333152.673
        """
    private static let emptyPage = """

        -- metrics/monitoring/receiver-0.txt --
        prometheus_tsdb_head_max_time{tenant="default-tenant"} -9.223372036854776e+18
        """

    private static func receiver(
        guarded: Bool = true, mark: String = "", log: String = ""
    ) -> String {
        let flag = guarded ? "--tsdb.too-far-in-future.time-window=5m" : "--tsdb.path=/data"
        return StorageExample.receiver(log: log).replacing(
            "- receive\n", with: "- receive\n            - \(flag)\(guarded ? mark : "")\n"
        ).replacing("- name: receive\n", with: "- name: receive\(guarded ? "" : mark)\n")
    }

    private static func manifest(guarded: Bool = true, mark: String = "") -> String {
        """
        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: receive\(mark)
                  image: quay.io/thanos/thanos:v0.37.2
                  args:
                    - receive
                    \(guarded ? "- --tsdb.too-far-in-future.time-window=5m" : "- --tsdb.path=/data")
        """
    }

    /// The present is 12:00:00.
    private static func page(ahead: Int, refused: Int) -> String {
        """

        -- metrics/monitoring/receiver-0.txt --
        prometheus_tsdb_head_max_time{tenant="default-tenant"} \(1_795_176_000 + ahead)000
        prometheus_tsdb_out_of_bound_samples_total{tenant="default-tenant",type="float"} \(refused)
        """
    }

    /// An agent in another cluster; the receivers' own clock is right.
    private static func edge(ahead: Double, uncertainty: Double, mark: String = "") -> String {
        "\n-- clock.txt --\n0 0.6\n"
            + AgentExample.manifests(folder: "clusters/edge-02/cluster/", rest: mark)
            + "-- clusters/edge-02/clock.txt --\n\(ahead) \(uncertainty)"
    }

    private static func leases(_ times: [String], mark: String = "") -> String {
        let leases = times.enumerated().map { number, time in
            """
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata: {name: worker-\(number), namespace: kube-node-lease}
            spec:
              holderIdentity: worker-\(number)
              renewTime: "2026-11-20T\(time).000000Z"\(time == "12:09:58" ? mark : "")
            """
        }
        return "\n-- cluster/leases.yaml --\n" + leases.joined(separator: "\n---\n")
    }
}
