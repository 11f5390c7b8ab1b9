import ArgumentParser
import Hashrings
import MarkedYAML

struct HashringPlanCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Says what part of the series moves with a new hashring file.",
        discussion: """
            Compares the rings that take one tenant's series. The shares are computed over all \
            hashes, not sampled.

            Examples:
              thanosctl hashring plan old.json new.json --algorithm ketama
              thanosctl hashring plan old.json new.json --replication-factor 3 -o json
            """)

    @Argument(help: ArgumentHelp("The hashring file in use.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The hashring file to come.", valueName: "new"))
    var new: String

    @OptionGroup var options: HashringOptions

    @Option(name: [.short, .customLong("output")], help: "text or json.")
    var output = "text"

    func execute(on console: Console) async throws -> ExitStatus {
        let format = try HashringReport(typed: output)
        try options.verify()
        let (before, after) = (try ring(old), try ring(new))
        let plan: HashringPlan
        do throws(HashringError) {
            plan = try HashringPlan(from: before, to: after)
        } catch {
            throw UsageError(error.message)
        }
        let shown = ShownPlan(plan, tenant: options.tenant)
        console.report(format == .json ? shown.json.pretty + "\n" : shown.text)
        return .success
    }

    /// The ring that takes the tenant, which must have a node for every replica.
    private func ring(_ path: String) throws -> Hashring {
        let rings = try options.rings(inFile: path)
        do throws(HashringError) {
            let ring = try rings.placement(forTenant: options.tenant).ring
            try ring.requireFollowable()
            try ring.requireNodes(replicas: 0..<ring.replicationFactor)
            return ring
        } catch {
            throw UsageError(HashringOptions.text(error, path: path))
        }
    }
}

/// A plan in words and as a document.
private struct ShownPlan {
    private let plan: HashringPlan
    private let tenant: String

    init(_ plan: HashringPlan, tenant: String) {
        self.plan = plan
        self.tenant = tenant
    }

    var text: String {
        let rows = plan.changes.map { change in
            [
                SeriesShare(change.before).percent(), SeriesShare(change.after).percent(),
                SeriesShare(change.after - change.before).percent(signed: true), change.address,
            ]
        }
        return """
            Of the series of tenant \(tenant)
              \(SeriesShare(plan.series).percent()) move: some node gets or loses them
              \(SeriesShare(plan.owned).percent()) get another first node
              \(SeriesShare(plan.replicas).percent()) of all replicas come to a node that did \
            not have them


            """ + TextTable(["HOLDS", "WILL HOLD", "CHANGE", "ENDPOINT"], rows).text
    }

    var json: JSONValue {
        let endpoints = plan.changes.map { change in
            JSONValue.object([
                "address": .string(change.address),
                "before": .double(SeriesShare(change.before).rounded),
                "after": .double(SeriesShare(change.after).rounded),
                "change": .double(SeriesShare(change.after - change.before).rounded),
            ])
        }
        return .object([
            "tenant": .string(tenant),
            "moved": .object([
                "series": .double(SeriesShare(plan.series).rounded),
                "firstReplicas": .double(SeriesShare(plan.owned).rounded),
                "replicas": .double(SeriesShare(plan.replicas).rounded),
            ]),
            "endpoints": .array(endpoints),
        ])
    }
}
