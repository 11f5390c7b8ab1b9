import KubernetesModel
import PipelineModel

/// What the removal of leftovers frees, as far as requests and claims say it.
struct LeftoverGain {
    /// Bytes that their pods request.
    let memory: Double
    private let volumes: LeftoverVolumes
    /// Bytes that the agents beside them request, which stay.
    private let kept: Double

    init(of leftovers: [Leftover], with volumes: LeftoverVolumes, beside agents: [Agent]) {
        memory = leftovers.map(\.memoryRequest).reduce(0, +)
        self.volumes = volumes
        kept = agents.compactMap(\.workload).map(Self.requested).reduce(0, +)
    }

    /// `6 GiB of memory (−91 %) and 300 GiB of volumes`; nil when nothing is stated.
    var text: String? {
        let parts = [
            memory > 0 ? "\(Quantity(value: memory).bytesText) of memory\(share)" : nil,
            volumes.bytes > 0 ? "\(Quantity(value: volumes.bytes).bytesText) of volumes" : nil,
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " and ")
    }

    /// Of what both request together; not known while the agents request nothing.
    private var share: String {
        guard kept > 0, (memory / (memory + kept)).isFinite else { return "" }
        return " (−\(whole(100 * memory / (memory + kept))) %)"
    }

    private static func requested(by workload: Workload) -> Double {
        let containers = workload.podSpec?.containers ?? []
        return containers.compactMap(\.memoryRequest).map(\.value).reduce(0, +)
            * Double(max(workload.replicas, 0))
    }
}
