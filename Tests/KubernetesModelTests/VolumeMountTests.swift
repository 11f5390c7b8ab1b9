import KubernetesModel
import Testing

@Suite("Volume mounts")
struct VolumeMountTests {
    @Test(
        "hold what lies at or below their path, however many slashes end it",
        arguments: [
            ("/data", "/data", true, ""), ("/data/", "/data", true, ""),
            ("/data//", "/data/a", true, "a"), ("/data", "/data/a/b", true, "a/b"),
            ("/", "/data", true, "data"), ("/data", "/database", false, ""),
        ])
    func contains(path: String, file: String, isHeld: Bool, rest: String) throws {
        let pod = objects(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {containers: [{name: a, volumeMounts: [{name: v, mountPath: '\(path)'}]}]}
            """)
        let spec = try #require(pod.first?.spec.map(PodSpec.init))
        let mount = try #require(spec.containers.first?.mounts.first)
        #expect(mount.contains(file) == isHeld)
        if isHeld { #expect(mount.relativePath(of: file) == rest) }
    }
}
