import HTTPServing
import MarkedYAML
import Testing

@testable import KubernetesEmulator

@Suite("the emulated API server")
struct EmulatorBehaviourTests {
    private static let now = WallTime(secondsSince1970: 1_795_000_000)

    private static func pods(_ count: Int) -> [JSONValue] {
        (0..<count).map { number in
            [
                "kind": "Pod", "apiVersion": "v1",
                "metadata": [
                    "name": .string("p\(number)"), "namespace": "ns",
                    "labels": ["app": .string("a\(number % 2)")],
                ],
                "spec": ["containers": [["name": "main"]], "nodeName": "n1"],
                "status": ["phase": "Running", "podIP": "10.0.0.1"],
            ]
        }
    }

    private static func server(
        _ objects: [JSONValue] = pods(5), logs: [LogKey: [UInt8]] = [:],
        faults: [EmulatorFault] = [], proxy: EmulatedAPIServer.Proxy? = nil
    ) -> EmulatedAPIServer {
        EmulatedAPIServer(
            cluster: EmulatedCluster(
                objects: objects, logs: logs, access: ["t": .administrator()], now: { now },
                faults: faults),
            proxy: proxy)
    }

    private static func get(
        _ target: String, from server: EmulatedAPIServer, method: String = "GET"
    ) async throws -> (status: Int, body: JSONValue) {
        let response = await server.respond(
            to: ServedRequest(
                method: method, target: target,
                headers: [(name: "Authorization", value: "Bearer t")]))
        let text = await response.text
        let node = try? JSONReader.document(SourceText(name: "answer", text: text))
        return (response.status, node?.plainValue ?? .string(text))
    }

    @Test("fills in what objects lack, the same way every time")
    func fillsIn() async throws {
        let path = "/api/v1/namespaces/ns/pods/p0"
        let first = try await Self.get(path, from: Self.server())
        let second = try await Self.get(path, from: Self.server())
        #expect(first.body == second.body)
        let metadata = try #require(first.body["metadata"])
        #expect(metadata.string("uid")?.count == 36)
        #expect(metadata.string("resourceVersion") != nil)
        #expect(metadata.string("creationTimestamp") == Self.now.rfc3339)
    }

    @Test("pages through a list to its end")
    func pages() async throws {
        let server = Self.server()
        var names: [String] = []
        var target = "/api/v1/pods?limit=2"
        for _ in 0..<3 {
            let page = try await Self.get(target, from: server)
            names += page.body.array("items").compactMap { $0["metadata"]?.string("name") }
            let token = page.body["metadata"]?.string("continue") ?? ""
            target = "/api/v1/pods?limit=2&continue=\(token)"
        }
        #expect(names == ["p0", "p1", "p2", "p3", "p4"])
        #expect(target.hasSuffix("continue="))
    }

    @Test("says 410 when the world changed between two pages")
    func expires() async throws {
        let server = Self.server()
        let page = try await Self.get("/api/v1/pods?limit=2", from: server)
        let token = try #require(page.body["metadata"]?.string("continue"))
        server.replace(objects: Self.pods(3), logs: [:])
        let next = try await Self.get("/api/v1/pods?limit=2&continue=\(token)", from: server)
        #expect(next.status == 410)
        let fresh = try #require(next.body["metadata"]?.string("continue"))
        let rest = try await Self.get("/api/v1/pods?continue=\(fresh)", from: server)
        #expect(rest.body.array("items").count == 1)
    }

    @Test(
        "selects by label",
        arguments: [
            ("app=a0", 3), ("app==a1", 2), ("app!=a0", 2), ("app+in+(a0,a1)", 5),
            ("app+notin+(a0)", 2), ("app", 5), ("!app", 0), ("app=a0,nope", 0), ("nope!=x", 5),
        ])
    func selects(selector: String, count: Int) async throws {
        let list = try await Self.get("/api/v1/pods?labelSelector=\(selector)", from: Self.server())
        #expect(list.body.array("items").count == count)
    }

    @Test(
        "refuses selectors it cannot read",
        arguments: [
            ("labelSelector=a+b", "found 'b', expected: in, notin, =, ==, !=, gt, lt"),
            ("labelSelector=a,", "found '', expected: identifier after ','"),
            ("labelSelector=a+in+b", "found 'b', expected: '('"),
            ("fieldSelector=x", "invalid selector: 'x'; can't understand 'x'"),
            ("continue=e30", "invalid continue token"),
        ])
    func refusesSelectors(query: String, message: String) async throws {
        let list = try await Self.get("/api/v1/pods?\(query)", from: Self.server())
        #expect(list.status == 400)
        #expect(list.body.string("message")?.hasPrefix(message) == true)
    }

    @Test("is repaired while it runs")
    func isRepaired() async throws {
        let server = Self.server()
        #expect(server.setStatus(ofPod: "p0", in: "ns", to: ["phase": "Failed"]))
        let pod = try await Self.get("/api/v1/namespaces/ns/pods/p0", from: server)
        #expect(pod.body["status"]?.string("phase") == "Failed")
        server.replace(objects: Self.pods(1), logs: [:])
        let list = try await Self.get("/api/v1/pods", from: server)
        #expect(list.body.array("items").count == 1)
        #expect(!server.setStatus(ofPod: "p3", in: "ns", to: [:]))
    }

    @Test("hides a custom group that is switched off")
    func hidesGroups() async throws {
        var cluster = EmulatedCluster(
            objects: [], access: ["t": .administrator()], customGroups: ["argoproj.io"])
        cluster.now = { Self.now }
        let server = EmulatedAPIServer(cluster: cluster)
        let hidden = "/apis/cilium.io/v2alpha1/ciliumloadbalancerippools"
        #expect(try await Self.get(hidden, from: server).body == "404 page not found\n")
        let shown = "/apis/argoproj.io/v1alpha1/applications"
        #expect(try await Self.get(shown, from: server).status == 200)
    }

    @Test("serves a kind that nobody told it about")
    func adoptsKinds() async throws {
        let server = Self.server([
            [
                "kind": "Certificate", "apiVersion": "cert-manager.io/v1",
                "metadata": ["name": "c", "namespace": "ns"],
            ]
        ])
        let list = try await Self.get(
            "/apis/cert-manager.io/v1/namespaces/ns/certificates", from: server)
        #expect(list.body.array("items").first?.string("kind") == "Certificate")
    }

    @Test("asks for a container when there are several")
    func asksForContainers() async throws {
        let server = Self.server([
            [
                "kind": "Pod", "apiVersion": "v1", "metadata": ["name": "p", "namespace": "ns"],
                "spec": [
                    "containers": [["name": "a"], ["name": "b"]],
                    "initContainers": [["name": "i"]],
                ],
            ]
        ])
        let log = try await Self.get("/api/v1/namespaces/ns/pods/p/log", from: server)
        #expect(log.status == 400)
        #expect(
            log.body.string("message")
                == "a container name must be specified for pod p, choose one of: [a b] "
                + "or one of the init containers: [i]")
    }

    @Test("passes proxied requests to the lab, with the pod's address and port")
    func proxies() async throws {
        let server = Self.server(proxy: { proxied in
            ServedResponse(
                status: 200,
                body: .bytes(Array("\(proxied.ip) \(proxied.port) \(proxied.path)".utf8)))
        })
        let answer = try await Self.get(
            "/api/v1/namespaces/ns/pods/http:p0:10902/proxy/-/ready", from: server)
        #expect(answer.body == "10.0.0.1 10902 /-/ready")
        let refused = try await Self.get(
            "/api/v1/namespaces/ns/pods/p0:1/proxy/", from: Self.server())
        #expect(refused.status == 503)
    }

    @Test(
        "misbehaves when told to",
        arguments: [
            (EmulatorFault.Effect.forbidden, 403), (.internalError, 500), (.expired, 410),
            (.tooManyRequests(retryAfter: 1), 429), (.html(status: 502), 502), (.gone, 404),
            (.delay(.zero), 200),
        ])
    func misbehaves(effect: EmulatorFault.Effect, status: Int) async throws {
        let fault = EmulatorFault(effect, resource: "pods", verb: "list", after: 1, times: 1)
        let server = Self.server(faults: [fault])
        var seen: [Int] = []
        for _ in 0..<3 { seen.append(try await Self.get("/api/v1/pods", from: server).status) }
        #expect(seen == [200, status, 200])
    }

    @Test("streams a huge log without holding it")
    func streamsHugeLogs() async throws {
        let fault = EmulatorFault(.hugeLog(bytes: 1 << 30), resource: "pods/log")
        let server = Self.server(faults: [fault])
        let response = await server.respond(
            to: ServedRequest(
                target: "/api/v1/namespaces/ns/pods/p0/log",
                headers: [(name: "Authorization", value: "Bearer t")]))
        guard case .stream(let stream) = response.body else {
            Issue.record("the log came in one piece")
            return
        }
        var count = 0
        for await bytes in stream { count += bytes.count }
        #expect(count >= 1 << 30)
    }

    @Test(
        "shows ages as kubectl does",
        arguments: [
            (0, "0s"), (119, "119s"), (120, "2m"), (150, "2m30s"), (6926, "115m"), (10_800, "3h"),
            (12_000, "3h20m"), (86_400, "24h"), (172_800, "2d"), (176_400, "2d1h"),
            (864_000, "10d"), (94_608_000, "3y"),
        ])
    func showsAges(seconds: Int, text: String) {
        #expect(HumanDuration.text(seconds: Double(seconds)) == text)
    }

    @Test(
        "gives times by lines that carry one",
        arguments: [
            ("ts=2026-11-22T08:00:00.5Z level=info", true),
            ("2026-11-22T08:00:00+09:00 x", true), ("no time", false),
        ])
    func readsLineTimes(line: String, hasTime: Bool) {
        #expect((LineTime.of(Array(line.utf8)[...]) != nil) == hasTime)
    }
}
