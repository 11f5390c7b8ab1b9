import ArgumentParser
import Hashrings
import MarkedYAML

struct HashringShowCommand: ExecutableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows the rings and what part of the series each node has.",
        discussion: """
            OWNS is the part of a tenant's series of which the node is the first replica, HOLDS \
            the part of which it has any. Both are computed, not sampled.

            Examples:
              thanosctl hashring show --hashrings-file hashrings.json
              thanosctl hashring show --hashrings-file hashrings.json \\
                --algorithm ketama --replication-factor 3 -o json
            """)

    @Option(help: ArgumentHelp("The file of --receive.hashrings-file.", valueName: "file"))
    var hashringsFile: String

    @OptionGroup var options: HashringOptions

    @Option(name: [.short, .customLong("output")], help: "text or json.")
    var output = "text"

    func execute(on console: Console) async throws -> ExitStatus {
        let format = try HashringReport(typed: output)
        try options.verify()
        let rings = try options.rings(inFile: hashringsFile).rings
        let shown = try rings.map { try ShownRing($0, options: options) }
        switch format {
        case .text: console.report(shown.map(\.text).joined(separator: "\n"))
        case .json:
            let document = JSONValue.object([
                "tenant": .string(options.tenant), "rings": .array(shown.map(\.json)),
            ])
            console.report(document.pretty + "\n")
        }
        return .success
    }
}

/// One ring with the shares of its nodes.
private struct ShownRing {
    private let ring: Hashring
    private let nodes: [HashringShares.Node]
    private let takesTenant: Bool
    /// Why what is shown is not what will happen.
    private let trouble: String?

    init(_ ring: Hashring, options: HashringOptions) throws {
        self.ring = ring
        do throws(HashringError) {
            nodes = try HashringShares(ring).nodes
            takesTenant = try ring.spec.takes(tenant: options.tenant)
        } catch {
            throw UsageError(error.message)
        }
        trouble = Self.trouble(ring)
    }

    private static func trouble(_ ring: Hashring) -> String? {
        if ring.spec.activeShuffleSharding != nil {
            return "shuffle sharding gives each tenant a part of these nodes only"
        }
        do throws(HashringError) {
            try ring.requireNodes(replicas: 0..<ring.replicationFactor)
            return nil
        } catch {
            return "every write fails: \(error.message)"
        }
    }

    private var name: String { ring.spec.name?.value ?? "" }

    var text: String {
        let tenants = ring.spec.tenants.map(\.value)
        let rows = nodes.map { node in
            [
                SeriesShare(node.owned).percent(), SeriesShare(node.held).percent(),
                node.endpoint.az.isEmpty ? "-" : node.endpoint.az, node.endpoint.address.value,
            ]
        }
        return """
            Hashring \(name.isEmpty ? "without a name" : name): \(ring.algorithm.rawValue), \
            replication factor \(ring.replicationFactor)
            Tenants: \(tenants.isEmpty ? "all" : tenants.joined(separator: ", "))

            """ + (trouble.map { "Note: \($0)\n" } ?? "")
                + TextTable(["OWNS", "HOLDS", "ZONE", "ENDPOINT"], rows).text
    }

    var json: JSONValue {
        var members: JSONObject = [
            "hashring": .string(name), "algorithm": .string(ring.algorithm.rawValue),
            "replicationFactor": .int(ring.replicationFactor),
            "tenants": .array(ring.spec.tenants.map { .string($0.value) }),
            "takesTenant": .bool(takesTenant),
        ]
        members["trouble"] = trouble.map { .string($0) }
        members["endpoints"] = .array(
            nodes.map { node in
                var members: JSONObject = ["address": .string(node.endpoint.address.value)]
                members["az"] = node.endpoint.az.isEmpty ? nil : .string(node.endpoint.az)
                members["owns"] = .double(SeriesShare(node.owned).rounded)
                members["holds"] = .double(SeriesShare(node.held).rounded)
                return .object(members)
            })
        return .object(members)
    }
}
