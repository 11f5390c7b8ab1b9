import MarkedYAML

/// What `kubectl get pods` says of one pod (`printPod` in the API server's printers).
struct PodStatusText: Sendable {
    private(set) var status: String
    private(set) var ready = 0
    private(set) var total: Int
    private var restarts = 0
    private var lastRestart: WallTime?
    private let pod: JSONValue

    init(_ pod: JSONValue) {
        self.pod = pod
        let own = pod.at("status", "reason")?.asText ?? ""
        status = own.isEmpty ? pod.at("status", "phase")?.asText ?? "" : own
        total = pod.list("spec", "containers").count
        total += pod.list("spec", "initContainers").filter(Self.isSidecar).count
        if let gate = condition("PodScheduled"), gate.text("reason") == "SchedulingGated" {
            status = "SchedulingGated"
        }
        let isInitializing = addInitContainers()
        if !isInitializing || condition("Initialized")?.text("status") == "True" {
            addContainers()
        }
        addDeletion()
    }

    /// `5 (2m ago)`, or the bare number when the last restart's time is unknown.
    func restarts(now: WallTime) -> String {
        guard restarts > 0, let lastRestart else { return String(restarts) }
        return "\(restarts) (\(HumanDuration.text(from: lastRestart, to: now)) ago)"
    }

    private static func isSidecar(_ container: JSONValue) -> Bool {
        container.text("restartPolicy") == "Always"
    }

    private func condition(_ type: String) -> JSONValue? {
        pod.list("status", "conditions").first { $0.text("type") == type }
    }

    private mutating func countRestarts(of container: JSONValue) {
        restarts += Printed.int(container["restartCount"])
        let finished = container.at("lastState", "terminated", "finishedAt")?.asText
        if let time = finished.flatMap(WallTime.init(rfc3339:)) {
            lastRestart = max(lastRestart ?? time, time)
        }
    }

    /// Goes through the init containers up to the one that is not done; true when there is one.
    private mutating func addInitContainers() -> Bool {
        let declared = pod.list("spec", "initContainers")
        let sidecars = Set(declared.filter(Self.isSidecar).compactMap { $0.text("name") })
        var ofSidecars: (restarts: Int, last: WallTime?) = (0, nil)
        for (index, container) in pod.list("status", "initContainerStatuses").enumerated() {
            let isSidecar = sidecars.contains(container.text("name") ?? "")
            countRestarts(of: container)
            if isSidecar {
                ofSidecars.restarts += Printed.int(container["restartCount"])
                ofSidecars.last = lastRestart
            }
            let ended = container.at("state", "terminated")
            if let ended, ended["exitCode"]?.asInt == 0 { continue }
            if isSidecar, container["started"]?.asBool == true {
                if container["ready"]?.asBool == true { ready += 1 }
                continue
            }
            let waiting = container.at("state", "waiting", "reason")?.asText ?? ""
            if let ended {
                status = "Init:" + Self.reason(ofEnded: ended)
            } else if !waiting.isEmpty, waiting != "PodInitializing" {
                status = "Init:" + waiting
            } else {
                status = "Init:\(index)/\(declared.count)"
            }
            return true
        }
        // Of finished init containers only the sidecars still count.
        restarts = ofSidecars.restarts
        lastRestart = ofSidecars.last
        return false
    }

    private mutating func addContainers() {
        var hasRunning = false
        for container in pod.list("status", "containerStatuses").reversed() {
            countRestarts(of: container)
            let waiting = container.at("state", "waiting", "reason")?.asText ?? ""
            if !waiting.isEmpty {
                status = waiting
            } else if let ended = container.at("state", "terminated") {
                status = Self.reason(ofEnded: ended)
            } else if container["ready"]?.asBool == true, container.at("state", "running") != nil {
                hasRunning = true
                ready += 1
            }
        }
        if status == "Completed", hasRunning {
            status = condition("Ready")?.text("status") == "True" ? "Running" : "NotReady"
        }
    }

    private mutating func addDeletion() {
        guard pod.at("metadata", "deletionTimestamp")?.asText != nil else { return }
        let phase = pod.at("status", "phase")?.asText
        if pod.at("status", "reason")?.asText == "NodeLost" {
            status = "Unknown"
        } else if phase != "Succeeded", phase != "Failed" {
            status = "Terminating"
        }
    }

    private static func reason(ofEnded ended: JSONValue) -> String {
        if let reason = ended.text("reason"), !reason.isEmpty { return reason }
        let signal = Printed.int(ended["signal"])
        return signal != 0 ? "Signal:\(signal)" : "ExitCode:\(Printed.int(ended["exitCode"]))"
    }
}

extension PrintedColumns {
    static let pod: [PrintedColumn] = [
        .name,
        .text("Ready") { pod in
            let text = PodStatusText(pod)
            return "\(text.ready)/\(text.total)"
        },
        .text("Status") { PodStatusText($0).status },
        PrintedColumn(name: "Restarts") { pod, now in
            .string(PodStatusText(pod).restarts(now: now))
        },
        .age,
        .text("IP", wide: true) { pod in
            pod.list("status", "podIPs").first?.text("ip")
                ?? pod.at("status", "podIP")?.asText ?? Printed.none
        },
        .text("Node", wide: true) { $0.at("spec", "nodeName")?.asText ?? Printed.none },
        .text("Nominated Node", wide: true) {
            $0.at("status", "nominatedNodeName")?.asText ?? Printed.none
        },
        .text("Readiness Gates", wide: true) { pod in
            let gates = pod.list("spec", "readinessGates").compactMap { $0.text("conditionType") }
            guard !gates.isEmpty else { return Printed.none }
            let met = pod.list("status", "conditions").filter {
                gates.contains($0.text("type") ?? "") && $0.text("status") == "True"
            }
            return "\(met.count)/\(gates.count)"
        },
    ]
}
