import HTTPServing
import MarkedYAML

/// The log of one container of a pod, as the API server hands it on from the kubelet.
struct PodLog: Sendable {
    let pod: StoredObject
    let logs: [LogKey: [UInt8]]
    let now: WallTime

    func answer(_ request: ServedRequest) throws(APIStatus) -> ServedResponse {
        let container = try container(request.query("container"))
        let isPrevious = ["1", "true"].contains(request.query("previous") ?? "")
        let key = LogKey(
            namespace: pod.namespace ?? "", pod: pod.name, container: container,
            isPrevious: isPrevious)
        let bytes = try bytes(key)
        let selection = try LogSelection(request, now: now)
        var response = ServedResponse.raw(selection.apply(to: bytes), type: "text/plain")
        if ["1", "true"].contains(request.query("follow") ?? "") {
            response.body = Self.followed(selection.apply(to: bytes))
        }
        return response
    }

    /// The one that was named, or the only one (`pkg/registry/core/pod/strategy.go`).
    private func container(_ asked: String?) throws(APIStatus) -> String {
        func names(_ member: String) -> [String] {
            pod.value.list("spec", member).compactMap { $0.text("name") }
        }
        let containers = names("containers")
        let initContainers = names("initContainers")
        if let asked, !asked.isEmpty {
            guard (containers + initContainers + names("ephemeralContainers")).contains(asked)
            else {
                throw .badRequest("container \(asked) is not valid for pod \(pod.name)")
            }
            return asked
        }
        if containers.count == 1, let only = containers.first { return only }
        var message =
            "a container name must be specified for pod \(pod.name), "
            + "choose one of: [\(containers.joined(separator: " "))]"
        if !initContainers.isEmpty {
            message +=
                " or one of the init containers: [\(initContainers.joined(separator: " "))]"
        }
        throw .badRequest(message)
    }

    private func bytes(_ key: LogKey) throws(APIStatus) -> [UInt8] {
        if let bytes = logs[key] { return bytes }
        if key.isPrevious {
            throw .badRequest(
                "previous terminated container \"\(key.container)\" in pod \"\(key.pod)\" not found"
            )
        }
        let status =
            (pod.value.list("status", "containerStatuses")
            + pod.value.list("status", "initContainerStatuses"))
            .first { $0.text("name") == key.container }
        let neverRan = Printed.int(status?["restartCount"]) == 0
        if let reason = status?.at("state", "waiting", "reason")?.asText, neverRan {
            throw .badRequest(Self.waiting(key, reason, status?.at("state", "waiting", "message")))
        }
        return []
    }

    /// The kubelet's words (`validateContainerLogStatus` in pkg/kubelet/kubelet_pods.go).
    private static func waiting(_ key: LogKey, _ reason: String, _ message: JSONValue?) -> String {
        let subject = "container \"\(key.container)\" in pod \"\(key.pod)\""
        switch reason {
        case "ErrImagePull": return "\(subject) is waiting to start: image can't be pulled"
        case "ImagePullBackOff":
            return "\(subject) is waiting to start: trying and failing to pull image"
        default: return "\(subject) is waiting to start: \(reason)"
        }
    }

    /// What there is, then nothing more until the client leaves or the server stops.
    private static func followed(_ bytes: [UInt8]) -> ServedResponse.Body {
        let source = FollowedLog(bytes)
        return .stream(AsyncStream(unfolding: { await source.next() }))
    }
}

/// A log that is followed; an actor because a stream's source is called from its reader.
private actor FollowedLog {
    private var first: [UInt8]?

    init(_ bytes: [UInt8]) { first = bytes }

    func next() async -> [UInt8]? {
        if let bytes = first {
            first = nil
            return bytes
        }
        try? await Task.sleep(for: .seconds(86_400))
        return nil
    }
}

/// Which part of a log is wanted (`PodLogOptions`).
struct LogSelection: Sendable {
    private var tail: Int?
    private var limit: Int?
    private var since: WallTime?
    private var showsTimes: Bool
    private let now: WallTime

    init(_ request: ServedRequest, now: WallTime) throws(APIStatus) {
        self.now = now
        tail = try Self.number(request, "tailLines", least: 0)
        limit = try Self.number(request, "limitBytes", least: 1)
        let seconds = try Self.number(request, "sinceSeconds", least: 1)
        since =
            seconds.map { WallTime(secondsSince1970: now.secondsSince1970 - Double($0)) }
            ?? request.query("sinceTime").flatMap(WallTime.init(rfc3339:))
        showsTimes = ["1", "true"].contains(request.query("timestamps") ?? "")
    }

    func apply(to bytes: [UInt8]) -> [UInt8] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let endsWithBreak = lines.last?.isEmpty ?? false
        if endsWithBreak { lines.removeLast() }
        if let since {
            lines = lines.filter { line in LineTime.of(line).map { $0 >= since } ?? true }
        }
        if let tail, lines.count > tail { lines.removeFirst(lines.count - tail) }
        var result: [UInt8] = []
        for (index, line) in lines.enumerated() {
            if showsTimes { result += "\((LineTime.of(line) ?? now).rfc3339) ".utf8 }
            result += line
            if endsWithBreak || index + 1 < lines.count { result.append(UInt8(ascii: "\n")) }
        }
        return limit.map { Array(result.prefix($0)) } ?? result
    }

    private static func number(
        _ request: ServedRequest, _ name: String, least: Int
    ) throws(APIStatus) -> Int? {
        guard let text = request.query(name) else { return nil }
        guard let number = Int(text) else {
            throw .badRequest("strconv.ParseInt: parsing \"\(text)\": invalid syntax")
        }
        guard number >= least else {
            throw APIStatus(
                422, "Invalid",
                "PodLogOptions \"\" is invalid: \(name): Invalid value: \(number): "
                    + "must be greater than \(least == 0 ? "or equal to 0" : "0")",
                details: ["kind": "PodLogOptions"])
        }
        return number
    }
}

/// The time that a log line carries; a container runtime would have noted it, our files have not.
enum LineTime {
    static func of(_ line: ArraySlice<UInt8>) -> WallTime? {
        let text = String(decoding: line.prefix(200), as: UTF8.self)
        for word in text.split(separator: " ").prefix(3) {
            let bare =
                word.hasPrefix("ts=")
                ? word.dropFirst(3)
                : word.hasPrefix("time=")
                    ? word.dropFirst(5) : word
            let unquoted = bare.drop { $0 == "\"" }.prefix { $0 != "\"" }
            if let time = WallTime(rfc3339: String(unquoted)) { return time }
        }
        return nil
    }
}
