import MarkedYAML
import PipelineModel
import ReceiveFlags

extension ThanosComponent {
    /// Whether this one answers for a span of ages of the same bucket, where several Store Gateways
    /// divide the time among them; what nobody can tell counts as well.
    func mayServe(
        from oldest: Duration, to youngest: Duration, of group: ReceiverGroup
    ) -> Bool {
        objectStore.isSame(as: group.objectStore) != false
            && age(inFlag: "--max-time").map { $0 <= youngest } ?? true
            && age(inFlag: "--min-time").map { $0 >= oldest } ?? true
    }

    /// How long ago a relative time is; nil where there is none, or an absolute one.
    private func age(inFlag name: String) -> Duration? {
        guard let value = values(of: name).last?.value, value.hasPrefix("-") else { return nil }
        return FlagValue.prometheusDuration(String(value.dropFirst()))
    }
}
