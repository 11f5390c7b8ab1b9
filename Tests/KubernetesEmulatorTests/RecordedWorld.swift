import KubernetesEmulator
import MarkedYAML
import Testing

/// The cluster that was recorded, rebuilt from what the recording shows of it.
///
/// Pods and the ConfigMap were recorded whole; of the rest the metadata, and cells of tables that
/// the specs here were chosen to give.
enum RecordedWorld {
    /// The moment of the tables; the commands ran two and three seconds later.
    static let tableTime = WallTime(rfc3339: "2026-11-22T08:55:27.9Z")

    static func cluster(at time: String? = nil, of recording: Recording) throws -> EmulatedCluster {
        let now = try #require(time.map { WallTime(rfc3339: $0) } ?? tableTime)
        return EmulatedCluster(
            objects: try objects(of: recording), logs: logs,
            access: [
                "admintoken": .administrator(),
                "readertoken": Access(user: "reader"),
            ],
            resourceVersion: 249, now: { now })
    }

    private static let logs: [LogKey: [UInt8]] = [
        LogKey(namespace: "broken", pod: "crash-0", container: "main"):
            Array("line one\nline two\nlast line\n".utf8),
        LogKey(namespace: "broken", pod: "crash-0", container: "main", isPrevious: true):
            Array("previous run failed\n".utf8),
        LogKey(namespace: "demo", pod: "demo-0", container: "main"): Array("hello\n".utf8),
    ]

    private static func objects(of recording: Recording) throws -> [JSONValue] {
        let answers = recording.exchanges.map(\.body)
        var objects: [JSONValue] = [answers[36]]
        for list in [answers[11], answers[28]] {
            objects += list.array("items").map { $0.with(kind: "Pod", apiVersion: "v1") }
        }
        let crash = try #require(answers[28].array("items").first)
        for table in tables {
            for row in answers[table.answer].array("rows") {
                let metadata = row["object"]?["metadata"] ?? .null
                guard let name = metadata.string("name") else { continue }
                let key = table.kind == "Namespace" ? "*" : name
                guard let content = table.content(key, crash: crash) else { continue }
                objects.append(
                    JSONValue.object(JSONObject([("metadata", metadata)] + content))
                        .with(kind: table.kind, apiVersion: table.apiVersion))
            }
        }
        return objects
    }

    /// A recorded table, and what its objects hold besides their metadata.
    private struct Table {
        let answer: Int
        let kind: String
        let apiVersion: String
        let contents: [String: [(String, JSONValue)]]

        func content(_ name: String, crash: JSONValue) -> [(String, JSONValue)]? {
            guard kind == "Pod" else { return contents[name] }
            // The pod whose image cannot be pulled was recorded in a table only.
            guard name == "pull-0" else { return nil }
            return [("spec", crash["spec"] ?? .null), ("status", RecordedWorld.pullStatus)]
        }
    }

    private static let pullStatus: JSONValue = [
        "phase": "Pending", "podIP": "127.0.0.1", "podIPs": [["ip": "127.0.0.1"]],
        "containerStatuses": [
            [
                "name": "main", "ready": false, "restartCount": 0,
                "state": ["waiting": ["reason": "ImagePullBackOff"]],
            ]
        ],
    ]

    private static let tables: [Table] = [
        Table(answer: 13, kind: "Pod", apiVersion: "v1", contents: [:]),
        Table(
            answer: 14, kind: "Service", apiVersion: "v1",
            contents: [
                "demo": service("LoadBalancer", "10.106.35.76", nodePort: 31217, ip: "127.77.9.1"),
                "demo-headless": service("ClusterIP", "None", nodePort: nil, ip: nil),
                "pending": service("LoadBalancer", "10.105.211.95", nodePort: 32434, ip: nil),
            ]),
        Table(
            answer: 15, kind: "Ingress", apiVersion: "networking.k8s.io/v1",
            contents: [
                "demo": [
                    (
                        "spec",
                        ["ingressClassName": "cilium", "rules": [["host": "demo.example"]]]
                    )
                ]
            ]),
        Table(
            answer: 16, kind: "StatefulSet", apiVersion: "apps/v1",
            contents: [
                "demo": [
                    (
                        "spec",
                        [
                            "replicas": 3,
                            "template": [
                                "spec": [
                                    "containers": [
                                        ["name": "main", "image": "example/app:v1"]
                                    ]
                                ]
                            ],
                        ]
                    ),
                    ("status", ["readyReplicas": 3]),
                ]
            ]),
        Table(
            answer: 17, kind: "PersistentVolumeClaim", apiVersion: "v1",
            contents: [
                "data-demo-0": [
                    ("spec", ["volumeMode": "Filesystem"]), ("status", ["phase": "Bound"]),
                ]
            ]),
        Table(
            answer: 19, kind: "Secret", apiVersion: "v1",
            contents: ["demo": [("data", ["k": "dg=="]), ("type", "Opaque")]]),
        Table(answer: 20, kind: "Event", apiVersion: "v1", contents: ["crash-0.1": event]),
        Table(
            answer: 21, kind: "CiliumLoadBalancerIPPool", apiVersion: "cilium.io/v2alpha1",
            contents: [
                "demo-pool": [
                    ("spec", ["disabled": false]),
                    (
                        "status",
                        [
                            "conditions": [
                                ["type": "cilium.io/PoolConflict", "status": "False"],
                                ["type": "cilium.io/IPsAvailable", "message": "1"],
                            ]
                        ]
                    ),
                ]
            ]),
        Table(
            answer: 22, kind: "CiliumL2AnnouncementPolicy", apiVersion: "cilium.io/v2alpha1",
            contents: ["demo-l2": []]),
        Table(
            answer: 23, kind: "Node", apiVersion: "v1",
            contents: [
                "n1": [
                    (
                        "status",
                        [
                            "conditions": [["type": "Ready", "status": "True"]],
                            "addresses": [["type": "InternalIP", "address": "127.0.0.1"]],
                        ]
                    )
                ]
            ]),
        Table(
            answer: 24, kind: "Namespace", apiVersion: "v1",
            contents: ["*": [("status", ["phase": "Active"])]]),
    ]

    private static func service(
        _ type: String, _ clusterIP: String, nodePort: Int?, ip: String?
    ) -> [(String, JSONValue)] {
        var port: JSONObject = ["port": 10902, "protocol": "TCP"]
        port["nodePort"] = nodePort.map { .int($0) }
        let points: [JSONValue] = ip.map { [["ip": .string($0)]] } ?? []
        return [
            (
                "spec",
                [
                    "type": .string(type), "clusterIP": .string(clusterIP),
                    "clusterIPs": [.string(clusterIP)], "ports": [.object(port)],
                    "selector": ["app": "demo"],
                ]
            ),
            ("status", ["loadBalancer": ["ingress": .array(points)]]),
        ]
    }

    private static let event: [(String, JSONValue)] = [
        ("involvedObject", ["kind": "Pod", "namespace": "broken", "name": "crash-0"]),
        ("reason", "BackOff"), ("type", "Warning"), ("count", 9),
        ("message", "Back-off restarting failed container main in pod crash-0_broken"),
        ("source", ["component": "kubelet", "host": "n1"]),
        ("firstTimestamp", "2026-11-22T07:00:00Z"), ("lastTimestamp", "2026-11-22T07:10:00Z"),
    ]
}

extension JSONValue {
    func string(_ name: String) -> String? {
        guard case .string(let text) = self[name] else { return nil }
        return text
    }

    func array(_ name: String) -> [JSONValue] {
        guard case .array(let elements) = self[name] else { return [] }
        return elements
    }

    func with(kind: String, apiVersion: String) -> JSONValue {
        guard case .object(var object) = self else { return self }
        object["kind"] = .string(kind)
        object["apiVersion"] = .string(apiVersion)
        return .object(object)
    }

    /// Members sorted all the way down, for comparing without regard to their order.
    var sorted: JSONValue {
        switch self {
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { ($0.name, $0.value.sorted) }.sorted { $0.0 < $1.0 }))
        case .array(let elements): .array(elements.map(\.sorted))
        case .null, .bool, .int, .double, .string: self
        }
    }

    /// Without some members, wherever they stand.
    func without(_ names: Set<String>) -> JSONValue {
        switch self {
        case .object(let object):
            .object(
                JSONObject(
                    object.members.filter { !names.contains($0.name) }
                        .map { ($0.name, $0.value.without(names)) }))
        case .array(let elements): .array(elements.map { $0.without(names) })
        case .null, .bool, .int, .double, .string: self
        }
    }
}
