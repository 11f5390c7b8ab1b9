import FoundationEssentials
import KubernetesEmulator
import MarkedYAML
import Synchronization
import Testing

@Suite("The rights that checks need", .timeLimit(.minutes(2)))
struct AccessRightsTests {
    static func printed(_ arguments: String...) async throws -> String {
        let run = try await ThanosctlProcess(["checks", "rbac"] + arguments)
        #expect(run.exitCode == 0)
        return run.output
    }

    /// The rules of the roles, as the emulator obeys them.
    static func rules(_ text: String) throws -> [Access.Rule] {
        YAMLReader.stream(SourceText(name: "rbac", text: text)).documents.flatMap { role in
            (role["rules"]?.items ?? []).map { rule in
                Access.Rule(
                    verbs: rule["verbs"]?.items.compactMap(\.string) ?? [],
                    groups: rule["apiGroups"]?.items.map { $0.scalarText ?? "" } ?? [],
                    resources: rule["resources"]?.items.compactMap(\.string) ?? [],
                    namespaces: role["metadata"]?["namespace"]?.string.map { [$0] })
            }
        }
    }

    /// What doctor makes of the healthy cluster with some rights: statuses by check, and gaps.
    private static func judged(
        _ access: Access, _ arguments: [String] = []
    ) async throws -> [String] {
        let cluster = EmulatedCluster(objects: APIServer.objects, access: ["token": access])
        let seen = Mutex<[String]>([])
        try await APIServer.serving(cluster) { kubeconfig in
            let run = try await ThanosctlProcess(
                [
                    "doctor", "--kubeconfig", kubeconfig, "--probe-only", "127.0.0.0/8", "-o",
                    "json",
                ] + arguments)
            let report = try JSONReader.document(SourceText(name: "report", text: run.output))
            let checks = report["checks"]?.items.map { check in
                "\(check["id"]?.string ?? "") \(check["status"]?.string ?? "")"
            }
            let gaps = report["gaps"]?.items.compactMap { $0["reason"]?.string }
            seen.withLock { $0 = (checks ?? []) + (gaps ?? []) }
        }
        return seen.withLock { $0 }
    }

    @Test("are enough: a run with exactly those loses nothing")
    func sufficient() async throws {
        let rights = Access(
            user: "jane", rules: try Self.rules(try await Self.printed()))
        let whole = try await Self.judged(.administrator())
        let least = try await Self.judged(rights)
        #expect(!whole.isEmpty)
        #expect(least == whole)
    }

    @Test("are enough in one namespace too")
    func sufficientInNamespace() async throws {
        let text = try await Self.printed("-n", "monitoring")
        let rights = Access(user: "jane", rules: try Self.rules(text))
        let whole = try await Self.judged(.administrator(), ["-n", "monitoring"])
        let least = try await Self.judged(rights, ["-n", "monitoring"])
        #expect(least == whole)
    }

    @Test("grow with the checks, and never cover what no check asks for")
    func smallest() async throws {
        let one = try await Self.printed("--only", "missing-fsgroup")
        #expect(!one.contains("secrets"))
        #expect(!one.contains("pods/log"))
        #expect(one.contains("statefulsets"))
        let all = try await Self.printed()
        #expect(all.count > one.count)
        #expect(!all.contains("\"*\""))
        #expect(!all.contains("create"))
    }
}
