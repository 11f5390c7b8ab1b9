import Diagnosis

extension Check {
    static let argocdComparisonUnknownExamples: [Example] = [
        .triggers(
            "the kustomization of the receivers does not build",
            receiver + application(status: broken, mark: mark)),
        .triggers(
            "Unknown without a word why, and the resources are known",
            receiver
                + application(
                    status: "{sync: {status: Unknown}, resources: [\(resource)]}", mark: mark)),
        .triggers(
            "the cluster of an edge is not registered",
            receiver
                + application(
                    status: """
                        {sync: {status: Unknown}, conditions: [{type: InvalidSpecError, message: \
                        "there are no clusters with this name: edge-1"}]}
                        """,
                    destination: "{name: edge-1, namespace: monitoring}", mark: mark)),
        .triggers(
            "a path that is absolute",
            "-- application.yaml --\n" + application(path: "/clusters/central", pathMark: mark)),
        .triggers(
            "a path that leaves the repository",
            "-- application.yaml --\n" + application(path: "../other", pathMark: mark)),
        .triggers(
            "a folder that is not in the repository",
            checkedOut(path: "clusters/west", pathMark: mark)),
        .passes("a folder that is", checkedOut(path: "clusters/central")),
        .passes(
            "a folder of another repository",
            checkedOut(path: "clusters/west", remote: "https://git.example.com/web.git")),
        .triggers(
            "two Applications apply the receivers",
            receiver
                + application(
                    status: """
                        {sync: {status: OutOfSync}, resources: [\(resource)], conditions: [{type: \
                        SharedResourceWarning, message: "StatefulSet/receiver is part of \
                        applications argocd/receiver and base"}]}
                        """, mark: mark)),
        .passes("compared and in sync", receiver + application(status: "{sync: {status: Synced}}")),
        .passes(
            "something else that is not compared",
            receiver
                + application(
                    status: broken,
                    destination: "{server: \"https://kubernetes.default.svc\", namespace: web}")),
        .passes(
            "a warning is no failure",
            receiver
                + application(
                    status: """
                        {sync: {status: Synced}, conditions: [{type: OrphanedResourceWarning, \
                        message: Application has 2 orphaned resources}]}
                        """)),
        .passes(
            "a path that goes up and down",
            "-- application.yaml --\n" + application(path: "clusters/../central")),
    ]

    private static let mark = " # <-- finding"
    private static let resource =
        "{kind: StatefulSet, group: apps, namespace: monitoring, name: receiver}"

    private static func checkedOut(
        path: String, remote: String = "git@git.example.com:observability.git",
        pathMark: String = ""
    ) -> String {
        """
        \(receiver.replacing("cluster/", with: ""))
        \(application(path: path, pathMark: pathMark))
        -- checkout.txt --
        remote \(remote)
        folder clusters/central
        """
    }

    private static let broken = """
        {sync: {status: Unknown}, conditions: [{type: ComparisonError, message: "Failed to load \
        target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown \
        desc = `kustomize build` failed exit status 1: Error: accumulating resources"}]}
        """

    private static let receiver = """
        -- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - {name: receive, image: "quay.io/thanos/thanos:v0.37.2", args: [receive]}
        ---

        """

    private static func application(
        path: String = "clusters/central", status: String = "{}",
        destination: String = "{server: \"https://kubernetes.default.svc\", namespace: monitoring}",
        mark: String = "", pathMark: String = ""
    ) -> String {
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata:
          name: receiver\(mark)
          namespace: argocd
        spec:
          source:
            repoURL: https://git.example.com/observability.git
            path: \(path)\(pathMark)
          destination: \(destination)
        status: \(status)
        """
    }
}
