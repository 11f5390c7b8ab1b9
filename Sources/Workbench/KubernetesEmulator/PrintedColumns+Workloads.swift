import MarkedYAML

extension PrintedColumns {
    private static let containers = PrintedColumn.text("Containers", wide: true) {
        Printed.containers($0, "name")
    }
    private static let images = PrintedColumn.text("Images", wide: true) {
        Printed.containers($0, "image")
    }
    private static let selector = PrintedColumn.text("Selector", wide: true) {
        Printed.selector($0.at("spec", "selector"))
    }

    /// A count from the status, zero when it is not there.
    private static func count(_ name: String, _ path: String...) -> PrintedColumn {
        PrintedColumn(name: name) { object, _ in
            .int(Printed.int(path.reduce(Optional(object)) { $0?[$1] }))
        }
    }

    private static func readyOfDesired(_ object: JSONValue) -> String {
        let desired = object.at("spec", "replicas")?.asInt ?? 1
        return "\(Printed.int(object.at("status", "readyReplicas")))/\(desired)"
    }

    static let statefulSet: [PrintedColumn] = [
        .name, .text("Ready", readyOfDesired), .age, containers, images,
    ]

    static let deployment: [PrintedColumn] = [
        .name, .text("Ready", readyOfDesired),
        count("Up-to-date", "status", "updatedReplicas"),
        count("Available", "status", "availableReplicas"),
        .age, containers, images, selector,
    ]

    static let daemonSet: [PrintedColumn] = [
        .name,
        count("Desired", "status", "desiredNumberScheduled"),
        count("Current", "status", "currentNumberScheduled"),
        count("Ready", "status", "numberReady"),
        count("Up-to-date", "status", "updatedNumberScheduled"),
        count("Available", "status", "numberAvailable"),
        .text("Node Selector") {
            Printed.labels($0.at("spec", "template", "spec", "nodeSelector"))
        },
        .age, containers, images, selector,
    ]

    static let replicaSet: [PrintedColumn] = [
        .name,
        count("Desired", "spec", "replicas"),
        count("Current", "status", "replicas"),
        count("Ready", "status", "readyReplicas"),
        .age, containers, images, selector,
    ]

    static let disruptionBudget: [PrintedColumn] = [
        .name,
        .text("Min Available") { amount($0.at("spec", "minAvailable")) },
        .text("Max Unavailable") { amount($0.at("spec", "maxUnavailable")) },
        count("Allowed Disruptions", "status", "disruptionsAllowed"),
        .age,
    ]

    /// A number or a percentage.
    private static func amount(_ value: JSONValue?) -> String {
        value?.asText ?? value?.asInt.map { String($0) } ?? "N/A"
    }
}
