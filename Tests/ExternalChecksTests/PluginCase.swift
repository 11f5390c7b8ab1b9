import CheckCatalogue
import Diagnosis
import Evidence
import ExternalChecks
import LoopbackServer

/// A folder with one plug-in, and what a run makes of it.
struct PluginCase {
    let folder: TemporaryFolder

    static let description = """
        id: team-label
        severity: warning
        summary: A receiver has no team
        why: Nobody is called at night.
        fix: Add the label.
        needs: [receivers, statefulsets.apps]
        timeLimit: 5s
        """

    init(_ script: String, _ description: String = description) throws {
        folder = try TemporaryFolder()
        try folder.write("thanosctl-check-team", script, mode: 0o700)
        try folder.write("team.check.yaml", description)
    }

    /// A plug-in that prints one finding, or whatever else stands for it.
    init(
        finding: String = #"{"message": "no team", "object": \#(receiver)}"#,
        _ description: String = description
    ) throws {
        let answer = #"{"schemaVersion": "1.0", "findings": [\#(finding)]}"#
        try self.init("#!/bin/sh\ncat <<'END'\n\(answer)\nEND\n", description)
    }

    static let receiver =
        #"{"kind": "StatefulSet", "namespace": "monitoring", "name": "thanos-receive"}"#

    func load() throws -> ExternalChecks {
        try ExternalChecks(folders: [folder.path], searchPath: "")
    }

    func causes() throws -> CauseGraph {
        try load().causes(
            joining: Catalogue.causes, known: Set(Catalogue.known.map(\.id)))
    }

    func conclusion(
        on bundle: String = bundle, with others: [Check] = []
    ) async throws -> Conclusion {
        let external = try load()
        var snapshot = ExampleBundle(bundle).snapshot
        snapshot.answers = await external.answers(
            about: snapshot, variables: ["PATH": "/usr/bin:/bin", "SECRET": "hunter2"]
        ) { $0.replacing("hunter2", with: "***") }
        return Conclusion(
            judging: snapshot, with: external.checks + others, causes: try causes())
    }

    static let bundle = """
        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: thanos-receive
          namespace: monitoring
        spec:
          replicas: 3
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.41.0
                  args: [receive, --label=password=hunter2]
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: bucket
          namespace: monitoring
          annotations:
            copy: c2VjcmV0LXZhbHVl
        stringData:
          objstore.yaml: secret-value
        """
}
