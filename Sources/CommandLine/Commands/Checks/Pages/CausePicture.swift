import CheckCatalogue
import Diagnosis

/// The graph of causes as an SVG picture that links to the pages of the checks.
struct CausePicture {
    let text: String

    private struct Point {
        let x: Int
        let y: Int
    }

    private static let box = Point(x: 252, y: 20)
    private static let step = Point(x: 264, y: 28)
    /// Between two layers, where the arrows bend.
    private static let gap = 44
    private static let margin = 24
    /// A layer of more boxes has several lines.
    private static let boxesInLine = 6

    init(_ graph: CauseGraph) {
        let lines = Self.boxesInLine
        let width = lines * Self.step.x - Self.step.x + Self.box.x + 2 * Self.margin
        var places: [String: Point] = [:]
        var top = Self.margin
        for layer in CauseLayout(graph).layers {
            for start in stride(from: 0, to: layer.count, by: lines) {
                let line = layer[start..<min(start + lines, layer.count)]
                let left = (width - line.count * Self.step.x) / 2 + (Self.step.x - Self.box.x) / 2
                for (index, id) in line.enumerated() {
                    places[id] = Point(x: left + index * Self.step.x, y: top)
                }
                top += Self.step.y
            }
            top += Self.gap
        }
        let height = top - Self.gap + Self.margin
        let ids = places.keys.sorted()
        let arrows = ids.flatMap { cause in
            graph.effects(of: cause).sorted().compactMap { Self.arrow(places[cause], places[$0]) }
        }
        text = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" role="img">
            <title>Which fault of the pipeline causes which: causes above their effects</title>
            <style>
            \(Self.style)
            </style>
            <rect width="\(width)" height="\(height)" class="paper"/>
            \(arrows.joined(separator: "\n"))
            \(ids.compactMap { id in places[id].map { Self.node(id, $0) } }.joined(separator: "\n"))
            </svg>

            """
    }

    /// Colours are told apart in both schemes, and said again by the title of each box.
    private static let style = """
        .paper { fill: #fff } path { fill: none; stroke: #6b7280; stroke-opacity: .45 }
        text { font: 11px ui-monospace, monospace; fill: #111 } a rect { stroke: #6b7280 }
        .critical { fill: #fecaca } .error { fill: #fed7aa } .warning { fill: #fef08a }
        .info { fill: #e5e7eb }
        """

    private static func node(_ id: String, _ place: Point) -> String {
        let check = Catalogue.entry(id)?.check
        let severity = check?.severity.rawValue ?? "info"
        return """
            <a href="\(id).md"><title>\(severity): \(escaped(check?.summary ?? id))</title>\
            <rect x="\(place.x)" y="\(place.y)" width="\(box.x)" height="\(box.y)" rx="4" \
            class="\(severity)"/><text x="\(place.x + 8)" y="\(place.y + 14)">\(escaped(id))</text></a>
            """
    }

    private static func arrow(_ cause: Point?, _ effect: Point?) -> String? {
        guard let cause, let effect else { return nil }
        let (startX, startY) = (cause.x + box.x / 2, cause.y + box.y)
        let (endX, endY) = (effect.x + box.x / 2, effect.y)
        return """
            <path d="M\(startX) \(startY)C\(startX) \(startY + gap) \(endX) \(endY - gap) \
            \(endX) \(endY)"/>
            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}
