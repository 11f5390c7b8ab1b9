import Hashrings
import MarkedYAML
import Testing

@Suite("Hashring configurations")
struct HashringConfigurationTests {
    @Test("know every form of ring and endpoint, and where it stands")
    func forms() throws {
        let configuration = try HashringConfiguration(
            text: """
                [{"Hashring": "a", "TENANTS": ["t1"], "algorithm": "ketama", "other": 1,
                  "endpoints": ["r-0.svc:10901", {"address": "[::1]:10901", "az": "z"}]},
                 {"endpoints": [{"Address": "dns:///r-1:10901"}], "tenant_matcher_type": "regex"}]
                """)
        let (first, second) = (configuration.rings[0], configuration.rings[1])
        #expect(first.name?.value == "a")
        #expect(first.tenants.map(\.value) == ["t1"])
        #expect(first.tenants[0].range.start.column == 32)
        #expect(first.algorithm == .ketama)
        #expect(first.endpoints.map(\.host) == ["r-0.svc", "::1"])
        #expect(first.endpoints.map(\.port) == [10901, 10901])
        #expect(first.endpoints.map(\.az) == ["", "z"])
        #expect(first.endpoints[0].address.range.start.line == 2)
        #expect(second.name == nil)
        #expect(second.matcher == .unknown("regex"))
        #expect(second.endpoints[0].host == "r-1")
        #expect(second.endpoints[0].address.value == "dns:///r-1:10901")
    }

    @Test("without rings are refused only where a file must have some", arguments: ["[]", "null"])
    func empty(text: String) throws {
        let configuration = try HashringConfiguration(text: text)
        #expect(configuration.rings.isEmpty)
        let error = #expect(throws: HashringError.self) { try configuration.requireRings() }
        #expect(error?.message == "configuration file is empty")
        #expect(error?.code == .empty)
    }

    @Test("that Go cannot decode are refused in its words", arguments: RefusedRings.all)
    func refused(row: RefusedRings) throws {
        let error = #expect(throws: HashringError.self) {
            try HashringConfiguration(text: row.text)
        }
        #expect(error?.message == row.message)
        #expect(error?.code == row.code)
    }

    @Test(
        "give a tenant the first ring that takes it",
        arguments: [
            ("team-a", "exact"), ("team-b", "glob"), ("team-b/x", "rest"), ("other", "rest"),
        ])
    func lookup(tenant: String, ring: String) throws {
        let configuration = try HashringConfiguration(
            text: """
                [{"hashring": "never", "tenants": ["team-*"], "endpoints": ["n:1"]},
                 {"hashring": "exact", "tenants": ["team-a"], "endpoints": ["n:1"]},
                 {"hashring": "glob", "tenants": ["x", "team-?"], "tenant_matcher_type": "glob",
                  "endpoints": ["n:1"]},
                 {"hashring": "rest", "endpoints": ["n:1"]}]
                """)
        #expect(try configuration.ring(forTenant: tenant)?.name?.value == ring)
    }

    @Test("without a ring for all have none for some tenants")
    func noMatch() throws {
        let configuration = try HashringConfiguration(
            text: #"[{"tenants": ["team-a"], "endpoints": ["n:1"]}]"#)
        #expect(try configuration.ring(forTenant: "default-tenant") == nil)
    }

    @Test("with a broken pattern fail at lookup")
    func badPattern() throws {
        let configuration = try HashringConfiguration(
            text: #"[{"tenants": ["fo[o"], "tenant_matcher_type": "glob", "endpoints": ["n:1"]}]"#)
        let error = #expect(throws: HashringError.self) {
            try configuration.ring(forTenant: "default-tenant")
        }
        #expect(
            error?.message == "error matching tenant pattern fo[o (tenant default-tenant): "
                + "syntax error in pattern")
    }
}

/// A configuration that Thanos refuses, and the text of the innermost error.
struct RefusedRings: Sendable, CustomTestStringConvertible {
    let text: String
    let message: String
    var code = HashringError.Code.notParsable

    var testDescription: String { text }

    static let all = types + addresses + syntax

    private static let types = [
        RefusedRings(
            text: "{}",
            message: "json: cannot unmarshal object into Go value of type "
                + "[]receive.HashringConfig"),
        RefusedRings(
            text: "[1]",
            message: "json: cannot unmarshal number into Go value of type "
                + "receive.HashringConfig"),
        RefusedRings(
            text: #"[{"hashring": 1, "endpoints": ["a:1"]}]"#,
            message: "json: cannot unmarshal number into Go struct field "
                + "HashringConfig.hashring of type string"),
        RefusedRings(
            text: #"[{"endpoints": "a:1"}]"#,
            message: "json: cannot unmarshal string into Go struct field "
                + "HashringConfig.endpoints of type []receive.Endpoint"),
        RefusedRings(
            text: #"[{"tenants": ["a", true]}]"#,
            message: "json: cannot unmarshal bool into Go struct field "
                + "HashringConfig.tenants of type string"),
        RefusedRings(
            text: #"[{"hashring": 1, "endpoints": [5]}]"#,
            message: "json: cannot unmarshal number into Go struct field "
                + "HashringConfig.endpoints of type receive.endpointAlias"),
    ]

    private static let addresses = [#"[""]"#, "[{}]", "[null]", #"[{"az": "a"}]"#].map {
        RefusedRings(
            text: #"[{"endpoints": \#($0)}]"#, message: "endpoint address must be set",
            code: .addressMissing)
    }

    private static let syntax = [
        RefusedRings(text: "", message: "unexpected end of JSON input"),
        RefusedRings(text: "[{\"a\": ", message: "unexpected end of JSON input"),
        RefusedRings(
            text: "hashring: a",
            message: "invalid character 'h' looking for beginning of value"),
        RefusedRings(
            text: "[{'a': 1}]",
            message: "invalid character '\\'' looking for beginning of object key string"),
        RefusedRings(
            text: "[1 2]", message: "invalid character '2' after array element"),
        RefusedRings(
            text: #"[{"a" 1}]"#, message: "invalid character '1' after object key"),
        RefusedRings(
            text: #"[{"a": 1 "b": 2}]"#,
            message: "invalid character '\"' after object key:value pair"),
        RefusedRings(
            text: "[] x", message: "invalid character 'x' after top-level value"),
        RefusedRings(
            text: "[nul]", message: "invalid character ']' in literal null (expecting 'l')"),
        RefusedRings(
            text: "[1,]", message: "invalid character ']' looking for beginning of value"),
        RefusedRings(
            text: #"[{"a": 1,}]"#,
            message: "invalid character '}' looking for beginning of object key string"),
        RefusedRings(
            text: "[\"a\nb\"]", message: "invalid character '\\n' in string literal"),
    ]
}

extension HashringConfiguration {
    init(text: String) throws(HashringError) {
        try self.init(json: SourceText(name: "hashrings.json", text: text))
    }
}
