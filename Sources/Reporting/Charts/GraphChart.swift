/// Boxes with arrows between them, from left to right: each box behind those that point at it.
struct GraphChart: Chart {
    struct Node: Sendable {
        let title: String

        /// Lines of text below the title.
        let lines: [String]

        /// The boxes that point at it, by their places in the list.
        let inputs: [Int]
    }

    let note: String

    /// The boxes, each behind its inputs in the list.
    let nodes: [Node]

    var picture: Picture {
        let columns = columns
        let widths = columns.map { column in column.map { boxWidth(nodes[$0]) }.max() ?? 0 }
        let heights = columns.map { column in
            column.reduce(-Self.below) { $0 + boxHeight(nodes[$1]) + Self.below }
        }
        let needed = widths.reduce(-Self.between) { $0 + $1 + Self.between }
        let width = max(Picture.width, needed + 2 * Picture.margin)
        let note = Marks.note(note, width: width, from: 8)
        let top = note.bottom + 12
        let tallest = heights.max() ?? 0
        var boxes = nodes.map { _ in Box(x: 0, y: 0, width: 0, height: 0) }
        var x = (width - needed) / 2
        for (k, column) in columns.enumerated() {
            var y = top + (tallest - heights[k]) / 2
            for i in column {
                boxes[i] = Box(x: x, y: y, width: widths[k], height: boxHeight(nodes[i]))
                y += boxes[i].height + Self.below
            }
            x += widths[k] + Self.between
        }
        return Picture(
            width: width, height: top + tallest + Picture.margin,
            elements: note.elements + arrows(boxes) + zip(nodes, boxes).map(draw))
    }

    /// Between two columns: room for arrows.
    private static let between = 44.0

    /// Between two boxes of a column.
    private static let below = 22.0

    /// The boxes of each column: a box is right behind the last of its inputs, and one without inputs right
    /// before the first that it points at.
    private var columns: [[Int]] {
        var places = nodes.map { _ in 0 }
        for (i, node) in nodes.enumerated() { places[i] = (node.inputs.map { places[$0] + 1 }).max() ?? 0 }
        for (i, node) in nodes.enumerated() where node.inputs.isEmpty {
            let users = nodes.indices.filter { nodes[$0].inputs.contains(i) }
            places[i] = (users.map { places[$0] }.min() ?? 1) - 1
        }
        return (0...(places.max() ?? 0)).map { place in nodes.indices.filter { places[$0] == place } }
    }

    private func boxWidth(_ node: Node) -> Double {
        max(TextSize.width(node.title, isStrong: true), TextSize.width(node.lines)) + 2 * TextSize.gap
    }

    private func boxHeight(_ node: Node) -> Double { Double(1 + node.lines.count) * TextSize.line + 12 }

    private func arrows(_ boxes: [Box]) -> [Element] {
        nodes.indices.flatMap { i in
            nodes[i].inputs.flatMap { input -> [Element] in
                let (from, to) = (boxes[input], boxes[i])
                // Arrows from above and below end apart.
                let middle = from.y + from.height / 2
                let y = min(to.bottom - 10, max(to.y + 10, middle))
                return [
                    .line(from.right, middle, to.x, y, "edge"),
                    .path([(to.x - 9, y - 5), (to.x, y), (to.x - 9, y + 5)], "line grey"),
                ]
            }
        }
    }

    private func draw(_ node: Node, _ box: Box) -> Element {
        let center = box.x + box.width / 2
        let title = Element.text(
            node.title, center, box.y + 6 + TextSize.line / 2, "strong", anchor: .middle)
        let lines = node.lines.enumerated().map { i, line in
            Element.text(
                line, center, box.y + 6 + (Double(i) + 1.5) * TextSize.line, anchor: .middle)
        }
        let frame = [
            Element.rect(box.x, box.y, box.width, box.height, "ground", rounding: 6),
            Element.path(
                [
                    (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom),
                ], closed: true, "line grey"),
        ]
        return .group(frame + [title] + lines)
    }
}
