import KubernetesModel
import MarkedYAML
import Testing

@Suite("Events")
struct ObservedEventTests {
    private static let pod = """
        {apiVersion: v1, kind: Pod, metadata: {name: a-0, namespace: n, uid: "2"}}
        ---

        """

    @Test(
        "An event is about one object, not about a namesake that is gone",
        arguments: [
            ("kind: Pod, namespace: n, name: a-0", true),
            ("kind: Pod, namespace: n, name: a-0, uid: \"2\"", true),
            ("kind: Pod, namespace: n, name: a-0, uid: \"1\"", false),
            ("kind: Pod, namespace: m, name: a-0", false),
            ("kind: StatefulSet, namespace: n, name: a-0", false),
        ])
    func isAboutOneObject(subject: String, expected: Bool) throws {
        let event =
            "{apiVersion: v1, kind: Event, metadata: {name: e}, involvedObject: {\(subject)}}"
        let found = objects(Self.pod + event)
        let pod = try #require(found.first)
        #expect(found.events(about: pod).isEmpty != expected)
    }

    @Test("The newer API names the same things otherwise")
    func readsBothAPIs() throws {
        let found = objects(
            """
            apiVersion: events.k8s.io/v1
            kind: Event
            metadata: {name: e}
            regarding: {kind: Pod, namespace: n, name: a-0}
            reason: Killing
            series: {lastObservedTime: "2026-11-20T12:00:00Z"}
            """)
        let event = try #require(found.first.flatMap(ObservedEvent.init))
        #expect(event.subject?.description == "Pod n/a-0")
        #expect(event.reason == "Killing")
        #expect(event.message.isEmpty)
        #expect(event.lastSeen == "2026-11-20T12:00:00Z")
    }
}
