package import MarkedYAML

/// A label selector: `matchLabels` and `matchExpressions`, all of which must hold.
///
/// Kubernetes' semantics (apimachinery `LabelSelectorAsSelector`): an absent selector selects
/// nothing, an empty one everything; `NotIn` and `DoesNotExist` hold for absent labels. An
/// operator that Kubernetes does not know matches nothing.
package struct LabelSelector: Sendable {
    package struct Requirement: Sendable, Hashable {
        package enum Operator: String, Sendable {
            case `in` = "In", notIn = "NotIn"
            case exists = "Exists", doesNotExist = "DoesNotExist"
        }

        package let key: String
        /// Nil for an operator that Kubernetes does not know.
        package let `operator`: Operator?
        package let values: [String]
    }

    package let requirements: [Requirement]
    package let range: SourceRange?

    /// A selector with `matchLabels` and `matchExpressions`.
    package init(_ node: Node) {
        let labels = node["matchLabels"].stringMap.map {
            Requirement(key: $0.key, operator: .in, values: [$0.value])
        }
        let expressions = node["matchExpressions"].items.map { expression in
            Requirement(
                key: expression["key"]?.string ?? "",
                operator: expression["operator"]?.string.flatMap(Requirement.Operator.init),
                values: expression["values"].items.compactMap(\.string))
        }
        requirements = labels.sorted { $0.key < $1.key } + expressions
        range = node.range
    }

    /// The plain map of a Service or a ReplicationController.
    package init(map node: Node) {
        requirements = node.stringMap.sorted { $0.key < $1.key }.map {
            Requirement(key: $0.key, operator: .in, values: [$0.value])
        }
        range = node.range
    }

    package var isEmpty: Bool { requirements.isEmpty }

    package func matches(_ labels: [String: String]) -> Bool {
        requirements.allSatisfy { requirement in
            let value = labels[requirement.key]
            switch requirement.operator {
            case .in: return value.map(requirement.values.contains) ?? false
            case .notIn: return !(value.map(requirement.values.contains) ?? false)
            case .exists: return value != nil
            case .doesNotExist: return value == nil
            case nil: return false
            }
        }
    }
}
