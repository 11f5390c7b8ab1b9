import Evidence
import MarkedYAML
import PipelineModel
import ReceiveFlags

extension ReceiverGroup {
    /// One patch that drops all of these flags; nil when one of them cannot be dropped by itself.
    ///
    /// Places in an array move when one before them goes: the last is dropped first, and each is
    /// compared with what is expected there, so that a patch that was applied once is refused.
    func patch(dropping names: [String], _ view: ClusterView) -> String? {
        let arguments = names.compactMap { name -> (index: Int, pointer: String)? in
            guard let given = flags.occurrence(of: name), let pointer = pointer(toFlag: name),
                given.valueArgumentIndex == given.argumentIndex
            else { return nil }
            return (given.argumentIndex, pointer)
        }
        guard view.isCluster, !arguments.isEmpty, arguments.count == names.count else { return nil }
        let steps = arguments.sorted { $0.index > $1.index }.flatMap { argument -> [String] in
            [
                testStep(ofArgument: argument.index, at: argument.pointer),
                "{\"op\":\"remove\",\"path\":\"\(argument.pointer)\"}",
            ]
        }
        return view.kubectlPatch(reference, "[\(steps.joined(separator: ","))]", type: "json")
    }
}
