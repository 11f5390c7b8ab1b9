import MarkedYAML

extension WriteLimits {
    /// Why a configuration is refused: the cause, then what was wrapped around it.
    struct Failure: Error, Hashable {
        let texts: [String]

        /// Go's `%v`: the outermost wrap first.
        var summary: String { texts.reversed().joined(separator: ": ") }
    }

    /// Reads the content of `--receive.limits-config[-file]`, which may be empty.
    init(yaml source: SourceText) throws(Failure) {
        let stream = YAMLReader.stream(source)
        if let error = stream.errors.first { throw Self.refusal(error) }
        var decoder = LimitsDecoder()
        let limits = decoder.limits(stream.documents.first)
        if let failure = decoder.yaml.failure { throw Self.unparsable(failure) }
        if let url = limits.metaMonitoringURL { try Self.require(url) }
        self = limits
    }

    private static func refusal(_ error: YAMLError) -> Failure {
        let line = error.range.start.line
        let isDuplicate = error.code == .duplicateKey
        return unparsable(
            isDuplicate
                ? "yaml: unmarshal errors:\n  line \(line): key \(quoted(error.range.text)) "
                    + "already set in map"
                : "yaml: line \(line): \(error.message)")
    }

    private static func quoted(_ text: String) -> String { "\"\(text)\"" }

    private static func unparsable(_ text: String) -> Failure {
        Failure(texts: [text, "parsing config YAML file", "parse limit configuration"])
    }

    /// Demands a scheme and a host, as Go's `url.Parse` finds them.
    private static func require(_ url: String) throws(Failure) {
        let parts = url.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let hasScheme = parts.count == 2 && isScheme(parts[0])
        let rest = hasScheme ? parts[1] : url[...]
        let host = rest.hasPrefix("//") ? rest.dropFirst(2).prefix { !"/?#".contains($0) } : ""
        guard !hasScheme || host.isEmpty else { return }
        throw Failure(texts: [
            "\(url) is not a valid meta-monitoring URL (scheme: \(hasScheme ? parts[0] : ""),"
                + "host: \(host))",
            "parse limit configuration",
        ])
    }

    /// RFC 3986, section 3.1.
    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy {
            isLetter($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}

/// Fills in what each part of the file leaves out.
private struct LimitsDecoder {
    var yaml = StrictYAML()

    mutating func limits(_ document: Node?) -> WriteLimits {
        let root = yaml.fields(document, ["write"], of: "receive.RootLimitsConfig")
        let write = yaml.fields(
            root["write"], ["global", "default", "tenants"], of: "receive.WriteLimitsConfig")
        var limits = WriteLimits()
        decodeGlobal(write["global"], into: &limits)
        let fields = yaml.fields(
            write["default"], ["request", "head_series_limit"], of: "receive.DefaultLimitsConfig")
        limits.defaults = request(fields["request"], inheriting: RequestLimits())
        limits.headSeries.defaultLimit = headSeries(fields["head_series_limit"]) ?? 0
        for (key, value) in yaml.entries(write["tenants"], as: "receive.TenantsWriteLimitsConfig") {
            decodeTenant(key.scalarText ?? "", value, into: &limits)
        }
        return limits
    }

    private mutating func decodeGlobal(_ node: Node?, into limits: inout WriteLimits) {
        let fields = yaml.fields(
            node,
            [
                "max_concurrency", "meta_monitoring_url", "meta_monitoring_http_client",
                "meta_monitoring_limit_query",
            ], of: "receive.GlobalLimitsConfig")
        limits.maxConcurrency = yaml.integer(fields["max_concurrency"], as: "int64") ?? 0
        let url = yaml.text(fields["meta_monitoring_url"]) ?? ""
        limits.metaMonitoringURL = url.isEmpty ? nil : url
        _ = yaml.text(fields["meta_monitoring_limit_query"])
    }

    private mutating func decodeTenant(
        _ tenant: String, _ node: Node, into limits: inout WriteLimits
    ) {
        let fields = yaml.fields(
            node, ["request", "head_series_limit"], of: "receive.WriteLimitConfig")
        if let own = fields["request"], !own.isNull {
            limits.tenants[tenant] = request(own, inheriting: limits.defaults)
        }
        limits.headSeries.tenants[tenant] =
            headSeries(fields["head_series_limit"]) ?? limits.headSeries.defaultLimit
    }

    private mutating func request(
        _ node: Node?, inheriting defaults: RequestLimits
    ) -> RequestLimits {
        let fields = yaml.fields(
            node, ["size_bytes_limit", "series_limit", "samples_limit"],
            of: "receive.requestLimitsConfig")
        return RequestLimits(
            sizeBytes: yaml.integer(fields["size_bytes_limit"], as: "int64") ?? defaults.sizeBytes,
            series: yaml.integer(fields["series_limit"], as: "int64") ?? defaults.series,
            samples: yaml.integer(fields["samples_limit"], as: "int64") ?? defaults.samples)
    }

    private mutating func headSeries(_ node: Node?) -> UInt64? {
        yaml.integer(node, as: "uint64", from: 0).map { UInt64($0) }
    }
}
