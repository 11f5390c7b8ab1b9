import CheckCatalogue
import Diagnosis
import Evidence
import Testing

/// A fact that changed between two releases of Thanos, and what a check makes of it on both sides.
struct VersionBound: Sendable, CustomTestStringConvertible {
    let fact: String
    let check: String
    /// The last release of the old, and the first of the new.
    let releases: (last: String, first: String)
    /// Words of what is found, of the last release and of the first; nil where nothing is.
    let says: (before: String?, after: String?)
    /// Whether something is wrong whatever the release: an unknown one is then no reason to doubt.
    var isWrongAnyway = false
    let evidence: @Sendable (Side) -> String

    /// One side of the bound.
    struct Side: Sendable {
        /// What stands behind the name of Thanos' image: `:v0.37.2`.
        let tag: String
        let isAfter: Bool

        /// Evidence in which all of Thanos is of this side.
        func imposed(on bundle: String) -> String {
            bundle.replacing(/thanos:v[0-9.]+/) { _ in "thanos\(tag)" }
        }
    }

    var testDescription: String { "\(fact): \(releases.last), \(releases.first)" }

    var before: Side { Side(tag: ":\(releases.last)", isAfter: false) }
    var after: Side { Side(tag: ":\(releases.first)", isAfter: true) }

    /// The same evidence of images whose release nobody states.
    var unstated: [Side] {
        ["@sha256:\(String(repeating: "0", count: 64))", ":nightly"].flatMap { tag in
            [false, true].map { Side(tag: tag, isAfter: $0) }
        }
    }

    func findings(_ side: Side) throws -> [Finding] {
        let check = try #require(Catalogue.entry(check)?.check)
        return check.findings(in: ExampleBundle(evidence(side)).snapshot)
    }
}

extension VersionBound {
    /// Evidence that an example of the check has, or a sentence of it.
    static func example(_ check: String, _ name: String) -> @Sendable (Side) -> String {
        { side in
            let examples = Catalogue.entry(check)?.check.examples ?? []
            return side.imposed(on: examples.first { $0.name == name }?.bundle ?? "no such example")
        }
    }

    /// A receiver with one more argument, beside other files.
    static func receiver(
        _ argument: String = "--log.level=info", pod: String = "{}", container: String = "",
        kind: String = "StatefulSet", more: String = ""
    ) -> @Sendable (Side) -> String {
        { side in
            """
            -- receiver.yaml --
            apiVersion: apps/v1
            kind: \(kind)
            metadata: {name: receiver, namespace: monitoring}
            spec:
              selector: {matchLabels: {app: receiver}}
              template:
                metadata: {labels: {app: receiver}}
                spec:
                  securityContext: \(pod)
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos\(side.tag)
                      args:
                        - receive
                        - '\(argument)'
                      \(container)
              volumeClaimTemplates: [{metadata: {name: data}}]
            \(more)
            """
        }
    }

    /// A receiver with a hashring in its flag.
    static func ring(_ ring: String) -> @Sendable (Side) -> String {
        receiver("--receive.hashrings=[\(ring)]")
    }
}

extension Finding {
    /// Everything that it tells.
    var words: String {
        ([message, repair?.text ?? ""] + places.map(\.label)
            + evidence.flatMap { [$0.what, $0.command ?? ""] }).joined(separator: "\n")
    }
}
