import Diagnosis

/// Places the ids of a cause graph in layers, each cause above its effects.
struct CauseLayout {
    /// The ids of each layer, from top to bottom and from left to right.
    let layers: [[String]]

    /// How often the layers are ordered anew; more sweeps change nothing on a graph of this size.
    private static let sweeps = 8

    init(_ graph: CauseGraph) {
        var layers = Self.unordered(graph)
        // Crossings become fewer where every id stands at the mean place of its neighbours.
        for sweep in 0..<Self.sweeps {
            let indices = Array(layers.indices)
            for index in sweep.isMultiple(of: 2) ? indices : indices.reversed() {
                let places = Self.places(layers)
                layers[index] = layers[index].enumerated().sorted { one, other in
                    let means = [one, other].map { Self.mean($0.element, graph, places) }
                    return (means[0], one.offset) < (means[1], other.offset)
                }.map(\.element)
            }
        }
        self.layers = layers
    }

    /// The last layer has the effects that cause nothing; the others stand as low as they may.
    private static func unordered(_ graph: CauseGraph) -> [[String]] {
        var depths: [String: Int] = [:]
        func depth(of id: String) -> Int {
            if let known = depths[id] { return known }
            let found = graph.effects(of: id).map { depth(of: $0) + 1 }.max() ?? 0
            depths[id] = found
            return found
        }
        // A graph with a cycle has no layers; the laws of the catalogue forbid one.
        guard graph.cycle == nil else { return [] }
        let byDepth = Dictionary(grouping: graph.ids.sorted(), by: depth)
        return byDepth.sorted { $0.key > $1.key }.map(\.value)
    }

    /// From 0 at the left to 1 at the right.
    private static func places(_ layers: [[String]]) -> [String: Double] {
        var places: [String: Double] = [:]
        for layer in layers {
            for (index, id) in layer.enumerated() {
                places[id] = (Double(index) + 0.5) / Double(layer.count)
            }
        }
        return places
    }

    private static func mean(
        _ id: String, _ graph: CauseGraph, _ places: [String: Double]
    ) -> Double {
        let neighbours = graph.effects(of: id) + graph.causes(of: id)
        return neighbours.compactMap { places[$0] }.reduce(0, +) / Double(max(1, neighbours.count))
    }
}
