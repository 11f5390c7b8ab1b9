import CurlHTTP
import KubernetesAPI
import MarkedYAML
import Testing

/// The client against the answers of a real API server.
struct RecordedAnswerTests {
    private func client(
        _ answers: RecordedAnswer...
    ) -> (KubernetesClient, ScriptedTransport) {
        let transport = ScriptedTransport(
            answers.map { .init(.get, $0.path, .response($0.response)) })
        return (.scripted(transport), transport)
    }

    @Test("the recording is there")
    func recording() { #expect(Recording.answers.count == 63) }

    @Test("every recorded answer is understood", arguments: Recording.answers)
    func everything(answer: RecordedAnswer) async throws {
        let transport = ScriptedTransport([.init(.get, answer.path, .response(answer.response))])
        let call = KubernetesClient.scripted(transport)
        let status = answer.response.status
        guard status >= 300 else {
            let response = try await call.bytes(answer.path)
            #expect(response.body == answer.response.body)
            guard response.contentType == "application/json", answer.note != "watch, one second"
            else { return }
            let again = ScriptedTransport([.init(.get, answer.path, .response(answer.response))])
            _ = try await KubernetesClient.scripted(again).get(answer.path)
            return
        }
        let found = try await failure { () throws(KubernetesFailure) in
            try await call.bytes(answer.path)
        }
        switch found.kind {
        case .unauthorized: #expect(status == 401)
        case .forbidden(let denial):
            #expect(status == 403)
            #expect(!denial.user.isEmpty)
        case .objectMissing, .resourceNotServed: #expect(status == 404)
        case .rejected(let code): #expect(status == code)
        default: Issue.record("\(status) became \(found.kind)")
        }
        #expect(!found.reason.isEmpty)
        #expect(!found.reason.contains("\n"))
    }

    @Test("a list with its items, each at its place in the page")
    func list() async throws {
        let answer = try Recording.answer("list")
        let transport = ScriptedTransport([
            .init(.get, answer.path + "?limit=500", .response(answer.response))
        ])
        let result = try await KubernetesClient.scripted(transport).list(.pods, namespace: "demo")
        #expect(
            result.items.compactMap { $0[path: "metadata", "name"]?.string }
                == ["demo-0", "demo-1", "demo-2"])
        #expect(result.resourceVersion == "249")
        #expect(result.items[0].range.source.name == answer.path + "?limit=500")
        #expect(transport.unused.isEmpty)
        #expect(transport.requests[0].headers["Accept"] == "application/json")
    }

    @Test("a namespace that does not exist has an empty list")
    func emptyList() async throws {
        let answer = try Recording.answer("no namespace, empty list")
        let transport = ScriptedTransport([
            .init(.get, answer.path + "?limit=500", .response(answer.response))
        ])
        let client = KubernetesClient.scripted(transport)
        #expect(try await client.list(.pods, namespace: "nowhere").items.isEmpty)
    }

    @Test("selectors are escaped as the server takes them")
    func selectors() async throws {
        let label = try Recording.answer("label selector").response
        let field = try Recording.answer("field selector").response
        let transport = ScriptedTransport([
            .init(
                .get,
                "/api/v1/namespaces/demo/pods?limit=500&labelSelector=app%3Ddemo%2Capp%21%3Dx",
                .response(label)),
            .init(.get, "?limit=500&fieldSelector=status.phase%3DRunning", .response(field)),
        ])
        let client = KubernetesClient.scripted(transport)
        _ = try await client.list(.pods, namespace: "demo", labelSelector: "app=demo,app!=x")
        _ = try await client.list(.pods, fieldSelector: "status.phase=Running")
        #expect(transport.unused.isEmpty)
    }

    @Test("pages are followed to the end")
    func pages() async throws {
        let first = try Recording.answer("limit")
        let second = try Recording.answer("continue")
        var last = second.response
        last.body = Array(#"{"kind":"PodList","metadata":{"resourceVersion":"9"}}"#.utf8)
        let token = try JSONReader.document(
            SourceText(name: "2", bytes: second.response.body))[path: "metadata", "continue"]?
            .string
        let transport = ScriptedTransport([
            .init(.get, first.path, .response(first.response)),
            .init(.get, second.path, .response(second.response)),
            .init(.get, "&continue=\(try #require(token))", .response(last)),
        ])
        let client = KubernetesClient.scripted(transport)
        let result = try await client.list(.pods, namespace: "demo", limit: 1)
        #expect(
            result.items.compactMap { $0[path: "metadata", "name"]?.string }
                == ["demo-0", "demo-1"])
        #expect(result.pages.count == 3)
        #expect(result.resourceVersion == "9")
        #expect(transport.unused.isEmpty)
    }

    @Test(
        "what role-based access control refused, and the rule that would allow it",
        arguments: [
            (
                "forbidden list",
                "user reader may not list pods in namespace demo",
                #"- {apiGroups: [""], resources: ["pods"], verbs: ["list"]}"#
            ),
            (
                "forbidden cluster-wide",
                "user reader may not list secrets in the whole cluster",
                #"- {apiGroups: [""], resources: ["secrets"], verbs: ["list"]}"#
            ),
            (
                "forbidden log",
                "user reader may not get pods/log demo-0 in namespace demo",
                #"- {apiGroups: [""], resources: ["pods/log"], verbs: ["get"]}"#
            ),
            (
                "unauthorized: no token becomes anonymous",
                "user system:anonymous may not list pods in namespace demo",
                #"- {apiGroups: [""], resources: ["pods"], verbs: ["list"]}"#
            ),
        ])
    func forbidden(note: String, reason: String, rule: String) async throws {
        let answer = try Recording.answer(note)
        let (client, _) = client(answer)
        let found = try await failure { () throws(KubernetesFailure) in
            try await client.get(answer.path)
        }
        #expect(found.reason == reason)
        #expect(found.rbacRule?.yaml == rule)
    }

    @Test(
        "an object that is missing is told from a kind that is not served",
        arguments: [
            ("not found", KubernetesFailure.Kind.objectMissing), ("log, no pod", .objectMissing),
            ("unknown resource", .resourceNotServed), ("unknown group", .resourceNotServed),
        ])
    func missing(note: String, kind: KubernetesFailure.Kind) async throws {
        let answer = try Recording.answer(note)
        let (client, _) = client(answer)
        let found = try await failure { () throws(KubernetesFailure) in
            try await client.get(answer.path)
        }
        #expect(found.kind == kind)
    }

    @Test("logs: the tail, the bound, and the words for what is not there")
    func logs() async throws {
        let path = "/api/v1/namespaces/broken/pods/crash-0/log"
        let transport = ScriptedTransport([
            .init(
                .get, path + "?limitBytes=4194304&container=main&tailLines=1",
                .response(try Recording.answer("log tail").response)),
            .init(
                .get, path + "?limitBytes=20&previous=true",
                .response(try Recording.answer("log bytes").response)),
            .init(
                .get, "demo-0/log?limitBytes=4194304&previous=true",
                .response(try Recording.answer("log, previous missing").response)),
        ])
        let client = KubernetesClient.scripted(transport)
        let tail = try await client.logs(
            namespace: "broken", pod: "crash-0", container: "main", tailLines: 1)
        #expect(!tail.bytes.isEmpty)
        #expect(!tail.isTruncated)
        let bytes = try await client.logs(
            namespace: "broken", pod: "crash-0", previous: true, limitBytes: 20)
        #expect(bytes.bytes.count == 20)
        #expect(bytes.isTruncated)
        let found = try await failure { () throws(KubernetesFailure) in
            try await client.logs(namespace: "demo", pod: "demo-0", previous: true)
        }
        #expect(found.kind == .rejected(code: 400))
        #expect(
            found.message == #"previous terminated container "main" in pod "demo-0" not found"#)
    }

    @Test("discovery: groups, and the kinds of one")
    func discovery() async throws {
        let answers = Recording.answers
        let transport = ScriptedTransport([
            .init(.get, "/api", .response(answers[4].response)),
            .init(.get, "/apis", .response(answers[5].response)),
            .init(.get, "/apis/cilium.io/v2alpha1", .response(answers[8].response)),
            .init(.get, "/apis/nope.io/v1", .response(answers[40].response)),
        ])
        let client = KubernetesClient.scripted(transport)
        let groups = try await client.groups()
        #expect(groups.first == APIGroup(name: "", versions: ["v1"], preferredVersion: "v1"))
        #expect(groups.contains { $0.name == "cilium.io" })
        let kinds = try await client.resources(group: "cilium.io", version: "v2alpha1")
        #expect(
            kinds.contains { $0.kind == "CiliumLoadBalancerIPPool" && !$0.resource.isNamespaced })
        #expect(try await client.resources(group: "nope.io", version: "v1").isEmpty)
    }

    @Test("lists of Secrets ask for metadata only")
    func metadataOnly() async throws {
        let answer = try Recording.answer("metadata only")
        let transport = ScriptedTransport([
            .init(.get, answer.path + "?limit=500", .response(answer.response))
        ])
        let client = KubernetesClient.scripted(transport)
        let result = try await client.metadata(of: .secrets, namespace: "demo")
        #expect(result.items.compactMap { $0[path: "metadata", "name"]?.string } == ["demo"])
        let accept = transport.requests[0].headers["Accept"]
        #expect(accept == "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")
    }

    @Test("of a Secret only the named keys are kept, and nothing is printed")
    func secret() async throws {
        let body = #"{"kind":"Secret","data":{"a":"aHVzaA==","b":"c2VjcmV0"}}"#
        let transport = ScriptedTransport([
            .init(
                .get, "/api/v1/namespaces/n/secrets/s",
                .response(
                    HTTPResponse(
                        status: 200, headers: ["Content-Type": "application/json"], text: body)))
        ])
        let client = KubernetesClient.scripted(transport)
        let values = try await client.readSecret(namespace: "n", name: "s", keys: ["a"])
        #expect(values["a"] == Array("hush".utf8))
        #expect(values["b"] == nil)
        #expect(values.keys == ["a", "b"])
        #expect(!"\(values) \(String(reflecting: values))".contains("104"))
    }

    @Test("what a pod answers through the proxy is an answer, what the server says is a failure")
    func proxy() async throws {
        let refused = try Recording.answer("pod proxy, refused").response
        let port = ProxiedPort(.pods, namespace: "demo", name: "demo-0", port: 19291)
        let path = "/api/v1/namespaces/demo/pods/demo-0:19291/proxy/api/v1/receive"
        let transport = ScriptedTransport([
            .init(
                .get, path,
                .response(
                    HTTPResponse(status: 405, headers: ["Allow": "OPTIONS, POST"], text: "no"))),
            .init(.get, path, .response(refused)),
            .init(
                .get, path,
                .response(
                    HTTPResponse(
                        status: 503, headers: ["Content-Type": "text/plain"],
                        text: "error trying to reach service: dial tcp: connection refused"))),
        ])
        let client = KubernetesClient.scripted(transport)
        let answer = try await client.proxy(port, "/api/v1/receive")
        #expect(answer.status == 405)
        #expect(answer.headers["Allow"] == "OPTIONS, POST")
        let own = try await failure { () throws(KubernetesFailure) in
            try await client.proxy(port, "/api/v1/receive")
        }
        #expect(own.kind == .rejected(code: 400))
        let dial = try await failure { () throws(KubernetesFailure) in
            try await client.proxy(port, "api/v1/receive")
        }
        #expect(dial.kind == .serverError(code: 503))
        #expect(dial.message.contains("connection refused"))
    }
}
