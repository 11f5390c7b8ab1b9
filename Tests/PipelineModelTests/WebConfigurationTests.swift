import KubernetesModel
import MarkedYAML
import PipelineModel
import Testing

@Suite("The file of --http.config")
struct WebConfigurationTests {
    private static let volume = "{name: web, configMap: {name: web}}"

    private func group(flag: String, volume: String, file: String) throws -> ReceiverGroup {
        let text = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: receiver, namespace: monitoring}
            spec:
              template:
                spec:
                  containers:
                    - name: receive
                      image: quay.io/thanos/thanos:v0.37.2
                      args: [receive, '\(flag)']
                      volumeMounts: [{name: web, mountPath: /etc/web}]
                  volumes: [\(volume)]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: web, namespace: monitoring}
            data:
              web.yaml: |
                \(file)
            """
        let documents = MarkedReader.stream(SourceText(name: "a.yaml", text: text)).documents
        let objects = Objects(documents.flatMap { KubernetesObject.objects(in: $0) })
        return try #require(Pipeline(objects).receivers.first)
    }

    @Test(
        "turns TLS on by its certificate, and not by passwords",
        arguments: [
            ("tls_server_config: {cert_file: /a.crt, key_file: /a.key}", true),
            ("basic_auth_users: {prometheus: x}", false),
            ("http_server_config: {http2: true}", false),
        ])
    func file(text: String, usesTLS: Bool) throws {
        let group = try group(
            flag: "--http.config=/etc/web/web.yaml", volume: Self.volume, file: text)
        #expect(group.usesWebTLS == usesTLS)
    }

    @Test("is unknown in a Secret, and absent without the flag")
    func elsewhere() throws {
        let secret = try group(
            flag: "--http.config=/etc/web/web.yaml",
            volume: "{name: web, secret: {secretName: web}}", file: "{}")
        #expect(secret.usesWebTLS == nil)
        let none = try group(flag: "--log.level=info", volume: Self.volume, file: "{}")
        #expect(none.usesWebTLS == false)
        #expect(none.webConfiguration == nil)
    }
}
