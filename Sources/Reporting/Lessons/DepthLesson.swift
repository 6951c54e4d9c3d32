import Problems

extension Lesson {
    /// Parity: constructions of several depths, counted and run on all inputs.
    static let depth = Lesson("depth", "Deep or wide", question: "What is depth worth?") { _ in
        let built = try (2...10).map { n in try (n: n, counts: Parity.allCases.map { try Count($0, bits: n) })
        }
        let rows = built.map { n, counts in
            let wrong = counts.reduce(0) { $0 + $1.wrong }
            return ["\(n)", "\(1 << n)"] + counts.map { "\($0.units) in \($0.layers)" }
                + [wrong == 0 ? "all right" : "\(wrong) wrong"]
        }
        let table = DataTable(
            ["n", "inputs", "tree", "patterns", "zigzag", "fold", "outputs"], rows, leading: 0)
        return [
            .paragraph(
                """
                The parity (exclusive or) of n bits: is the number of ones odd? Each network below was built of ReLU \
                units and run on all 2ⁿ inputs; counted are the hidden units, and the hidden layers they are in:
                """),
            .table("", table),
            .list([
                """
                \(strong: "tree"): pairs, then pairs of pairs. a ⊕ b = ReLU(a + b) − 2·ReLU(a + b − 1), two units a \
                pair: 2(n − 1) units in log₂ n layers (a bit that waits for its partner takes one more).
                """,
                """
                \(strong: "patterns"): one hidden layer, in which each unit recognises one input with an odd number of \
                ones: 2ⁿ⁻¹ units.
                """,
            ]),
            .paragraph(
                """
                That is the course's argument for depth. The whole truth has two more columns. The exponential count \
                is that of circuits of AND and OR gates of a fixed depth (Håstad 1986); units that see the sum of the \
                bits are not bound by it:
                """),
            .list([
                """
                \(strong: "zigzag"): one hidden layer of n units that all look at the sum s of the bits, \
                s − 2·ReLU(s − 1) + 2·ReLU(s − 2) − …, a line with n − 1 kinks. One layer is enough.
                """,
                """
                \(strong: "fold"): but depth pays even so. Two units fold s in the middle, min(s, N − s) with \
                N = 2, 4, 8, … ≥ n, which keeps its parity and halves its range; log₂ N folds leave 0 or 1 (Telgarsky \
                2016).
                """,
            ]),
            .paragraph(
                """
                A layer adds kinks, a further layer multiplies them. Whether gradient descent finds such weights is \
                another question: these were put in by hand.
                """),
            .figure(figure(built, table)),
        ]
    }

    /// A network of parity, its size, and how many inputs it gets wrong.
    private struct Count {
        let units, layers, wrong: Int

        init(_ parity: Parity, bits n: Int) throws {
            let (network, model) = parity.network(bits: n)
            (units, layers) = (network.hidden.reduce(0, +), network.hidden.count)
            let data = try Parity.inputs(bits: n)
            wrong = zip(network.linear(data, at: model), data.y.elements).count { z, y in z != 20 * y - 10 }
        }
    }

    private static func figure(_ built: [(n: Int, counts: [Count])], _ table: DataTable) -> Figure {
        let looks = Look.few + [Look(.purple, .diamond, .mixed)]
        let names = ["tree", "patterns", "zigzag", "fold"]
        let series = names.indices.map { k in
            Series(
                names[k], looks[k], .strong,
                built.map { .init(Double($0.n), Double($0.counts[k].units)) })
        }
        let last = built[built.count - 1]
        return Figure(
            "lesson-depth", "Hidden units for the parity of n bits",
            description: zip(names, last.counts).map { name, count in
                "\(name): \(count.units) units in \(count.layers) layers for \(last.n) bits."
            }.joined(separator: " "),
            XYChart(
                note: "Hidden units of four networks of ReLU units that compute the parity of n bits",
                x: Axis(
                    "n, bits", Scale.linear(built.map { Double($0.n) }) ?? .unit, .count,
                    places: built.map { Double($0.n) }),
                y: Axis(
                    "hidden units",
                    Scale.logarithmic(series.flatMap { $0.points.map(\.y) }) ?? .unit, .count),
                style: .lines, series: series),
            table)
    }
}
