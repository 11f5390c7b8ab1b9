import Diagnosis
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

extension UnusableRings {
    /// What Thanos takes for something else without a word.
    func misunderstood(_ rings: HashringConfiguration) -> [Finding] {
        // Before v0.31 the key is unknown, and before v0.35 that of the matcher.
        let knowsAlgorithm = (first.version ?? Version(0, 31)) >= Version(0, 31)
        let knowsMatcher = (first.version ?? Version(0, 35)) >= Version(0, 35)
        return (knowsAlgorithm ? strangeAlgorithms(rings) : [])
            + (knowsMatcher ? strangeMatchers(rings) : []) + misspelt
    }

    private func strangeAlgorithms(_ rings: HashringConfiguration) -> [Finding] {
        rings.rings.compactMap { ring in
            guard let text = ring.algorithmText, !text.value.isEmpty, ring.algorithm == nil else {
                return nil
            }
            return finding(
                "thanos knows no algorithm \(text.value) and takes hashmod"
                    + (first.version == nil ? "; before v0.31 it takes that of the flag" : ""),
                at: text.range,
                label: "means hashmod", severity: .warning, confidence: .certain,
                text: "write ketama or hashmod")
        }
    }

    private func strangeMatchers(_ rings: HashringConfiguration) -> [Finding] {
        let isKnown = first.version != nil
        return rings.rings.compactMap { ring in
            guard case .unknown(let text) = ring.matcher else { return nil }
            return finding(
                "tenant_matcher_type \(text) is neither exact nor glob: the ring takes no tenant"
                    + (isKnown ? "" : ", of a thanos that knows the key, since v0.35"),
                at: ring.tenants.first?.range ?? ring.nameRange, label: "match nothing",
                severity: isKnown ? .warning : .info, confidence: isKnown ? .certain : .possible,
                text: "write exact or glob")
        }
    }

    private var misspelt: [Finding] {
        guard let rings = try? text?.embeddedJSON().items else { return [] }
        return rings.flatMap { ring in
            ring.entries.compactMap { key, _ in
                guard let word = key.string, let right = Self.misspelling[word.lowercased()] else {
                    return nil
                }
                return finding(
                    "thanos ignores the key \(word)"
                        + (right == "tenants" ? ": without tenants the ring takes every one" : ""),
                    at: key.range, label: "is to be \(right)", severity: .warning,
                    confidence: .likely, text: "write \(right)")
            }
        }
    }

    private static let misspelling = [
        "tenant": "tenants", "tenant_ids": "tenants", "tenantids": "tenants",
        "endpoint": "endpoints", "hashrings": "hashring", "algorithms": "algorithm",
        "hashring_algorithm": "algorithm", "hashringalgorithm": "algorithm",
        "tenant_matcher": "tenant_matcher_type", "tenantmatchertype": "tenant_matcher_type",
        "matcher_type": "tenant_matcher_type", "external_label": "external_labels",
        "externallabels": "external_labels", "shuffle_sharding": "shuffle_sharding_config",
    ]
}
