package import MarkedYAML

/// A Service of the cluster that an agent's scrape job collects from.
package struct NeededService: Sendable {
    package let job: String
    package let name: String
    /// Nil when the job looks in every namespace.
    package let namespace: String?
    /// Where the configuration names it.
    package let range: SourceRange
}

extension Agent {
    /// The Services that scrape jobs name: by a cluster name among the static targets, or, for
    /// the two exporters every dashboard needs, by the Service whose endpoints they keep.
    package var neededServices: [NeededService] {
        configuration?.scrapeJobs.flatMap { job, node in
            statics(of: job.value, node) + endpoints(of: job.value, node)
        } ?? []
    }

    private func statics(of job: String, _ node: Node) -> [NeededService] {
        let targets = node["static_configs"]?.items.flatMap { $0["targets"]?.items ?? [] } ?? []
        return targets.compactMap { target in
            guard let text = target.string, let host = text.split(separator: ":").first else {
                return nil
            }
            let labels = host.split(separator: ".", omittingEmptySubsequences: false)
            // Only `name.namespace.svc…` can be nothing but a Service of this cluster.
            guard labels.count >= 3, labels[2] == "svc", !labels[0].isEmpty else { return nil }
            return NeededService(
                job: job, name: String(labels[0]), namespace: String(labels[1]),
                range: target.range)
        }
    }

    private func endpoints(of job: String, _ node: Node) -> [NeededService] {
        let roles = node["kubernetes_sd_configs"]?.items ?? []
        guard !roles.isEmpty,
            roles.allSatisfy({ ["endpoints", "endpointslice"].contains($0["role"]?.string) })
        else { return [] }
        let listed = roles.flatMap { $0["namespaces"]?["names"]?.items.compactMap(\.string) ?? [] }
        return (node["relabel_configs"]?.items ?? []).compactMap { rule in
            let labels = rule["source_labels"]?.items.compactMap(\.string)
            guard rule["action"]?.string == "keep",
                labels == ["__meta_kubernetes_service_name"], let regex = rule["regex"],
                let name = regex.string, Self.isLiteral(name), Self.isExporter(job)
            else { return nil }
            return NeededService(
                job: job, name: name, namespace: listed.count == 1 ? listed[0] : nil,
                range: regex.range)
        }
    }

    private static func isExporter(_ job: String) -> Bool {
        job.contains("kube-state-metrics") || job.contains("node-exporter")
    }

    /// Whether a regular expression means no more than itself.
    private static func isLiteral(_ pattern: String) -> Bool {
        !pattern.isEmpty
            && pattern.allSatisfy { $0 == "-" || ("a"..."z").contains($0) || $0.isWholeNumber }
    }
}
