import Diagnosis
import Evidence
import KubernetesModel
import MarkedYAML
import PipelineModel

/// Why what a plug-in printed is not believed; nothing of it is reported then.
struct RefusedAnswer: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// What a plug-in found, as far as it keeps to the contract.
struct AnsweredFindings {
    private(set) var all: [Finding] = []
    private let answer: PluginAnswer
    private let fault: FaultDescription
    private let view: ClusterView

    private static let limit = 1000

    init(
        _ answer: PluginAnswer, to fault: FaultDescription, about view: ClusterView
    ) throws(RefusedAnswer) {
        self.answer = answer
        self.fault = fault
        self.view = view
        let document = try Self.document(answer.output)
        let top = try AnswerFields(document, "the answer", ["schemaVersion", "findings"])
        guard let version = top.string("schemaVersion"), version.hasPrefix("1.") else {
            throw RefusedAnswer("its answer has no schemaVersion 1.0")
        }
        guard let findings = document["findings"], findings.kind == .sequence else {
            throw RefusedAnswer("its answer has no list of findings")
        }
        guard findings.count <= Self.limit else {
            throw RefusedAnswer("it printed more than \(Self.limit) findings")
        }
        for (index, node) in findings.items.enumerated() {
            all.append(try finding(node, "finding \(index + 1)"))
        }
    }

    private static func document(_ output: [UInt8]) throws(RefusedAnswer) -> Node {
        guard output.contains(where: { $0 > 0x20 }) else {
            throw RefusedAnswer("it printed nothing; without findings it prints an empty list")
        }
        do throws(YAMLError) {
            return try JSONReader.document(
                SourceText(name: "its output", bytes: output),
                limits: ReadingLimits(depth: 32, nodes: 100_000))
        } catch {
            throw RefusedAnswer("what it printed is not one JSON document: \(error)")
        }
    }

    private func finding(_ node: Node, _ name: String) throws(RefusedAnswer) -> Finding {
        let fields = try AnswerFields(
            node, name,
            [
                "message", "object", "at", "severity", "confidence", "evidence", "fix", "about",
            ])
        let reference = try shown(node["object"], name)
        var about: [ObjectReference] = []
        for other in node["about"]?.items ?? [] { about.append(try shown(other, name)) }
        let severity = try severity(fields, name)
        let confidence = try fields.choice("confidence") ?? Confidence.certain
        if severity ?? fault.severity >= .error, confidence != .certain {
            throw RefusedAnswer("\(name) is \(confidence.rawValue), and an error is certain")
        }
        return Finding(
            try fields.text("message"), object: reference,
            at: try place(fields.string("at"), in: reference, name), severity: severity,
            confidence: confidence, evidence: try evidence(node, name),
            repair: try repair(node["fix"], name), about: about)
    }

    private func shown(_ node: Node?, _ name: String) throws(RefusedAnswer) -> ObjectReference {
        guard let node else { throw RefusedAnswer("\(name) names no object") }
        let fields = try AnswerFields(
            node, "the object of \(name)", ["kind", "namespace", "name"])
        let reference = ObjectReference(
            kind: try fields.text("kind"), namespace: fields.string("namespace"),
            name: try fields.text("name"))
        guard answer.shown.contains(reference) else {
            throw RefusedAnswer("\(name) is about \(reference), which it was not shown")
        }
        return reference
    }

    private func severity(
        _ fields: AnswerFields, _ name: String
    ) throws(RefusedAnswer) -> Severity? {
        let severity: Severity? = try fields.choice("severity")
        if let severity, severity > fault.severity {
            throw RefusedAnswer(
                "\(name) is \(severity.rawValue), and the check is declared "
                    + fault.severity.rawValue)
        }
        return severity
    }

    /// The place that a JSON pointer (RFC 6901) names inside the object.
    private func place(
        _ pointer: String?, in reference: ObjectReference, _ name: String
    ) throws(RefusedAnswer) -> SourceRange? {
        guard let object = view.objects[reference] else { return nil }
        guard let pointer else { return object.range }
        guard let node = object.node.at(pointer: pointer) else {
            throw RefusedAnswer("\(name) points to '\(pointer)', which \(reference) does not have")
        }
        return node.range
    }

    private enum Source: String, CaseIterable {
        case manifest, cluster, logs, metrics, probe
    }

    private func evidence(_ node: Node, _ name: String) throws(RefusedAnswer) -> [EvidenceItem] {
        var items: [EvidenceItem] = []
        for item in node["evidence"]?.items ?? [] {
            let fields = try AnswerFields(
                item, "the evidence of \(name)", ["source", "what", "command"])
            let source: Source? = try fields.choice("source")
            let here: Source = view.isCluster ? .cluster : .manifest
            items.append(
                EvidenceItem(
                    (source ?? here).rawValue, try fields.text("what"),
                    command: try fields.optionalText("command")))
        }
        return items
    }

    private func repair(_ node: Node?, _ name: String) throws(RefusedAnswer) -> Repair? {
        guard let node else { return nil }
        let fields = try AnswerFields(node, "the fix of \(name)", ["command", "text"])
        return Repair(
            command: try fields.optionalText("command"), text: try fields.optionalText("text"))
    }
}

extension Node {
    /// The node that a JSON pointer names; nil when there is none.
    fileprivate func at(pointer: String) -> Node? {
        guard pointer.isEmpty || pointer.hasPrefix("/") else { return nil }
        let steps = pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        return steps.reduce(Optional(self)) { node, step in
            let key = String(step.replacing("~1", with: "/").replacing("~0", with: "~"))
            guard let node, node.kind == .sequence else { return node?[key] }
            guard let index = Int(key), node.items.indices.contains(index) else { return nil }
            return node.items[index]
        }
    }
}
