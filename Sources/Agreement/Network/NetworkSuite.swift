import Problems

/// The shapes that rungs of the ladder of networks are tried on.
package struct NetworkSuite: Sendable {
    /// For the exact cases and for the bounded ones.
    package let exact, bounded: [Shape]
    /// For single products, with one hidden layer.
    let products: [Shape]
    /// Small ones: each parameter takes four passes.
    let numeric: [Shape]
    let hostile: [Shape]
    /// Large enough that threaded rungs split them.
    let threads: [Shape]
    /// Without hidden layers: the cases of logistic regression.
    let logistic: [Shape]
    /// Each rung is also tried on the shapes that take its paths, up to so many products in a pass forward.
    let drawnProducts: Int

    package init(
        exact: [Shape], bounded: [Shape], products: [Shape], numeric: [Shape], hostile: [Shape],
        threads: [Shape], logistic: [Shape], drawnProducts: Int = 0
    ) {
        (self.exact, self.bounded, self.products) = (exact, bounded, products)
        (self.numeric, self.hostile, self.threads) = (numeric, hostile, threads)
        (self.logistic, self.drawnProducts) = (logistic, drawnProducts)
    }

    /// A few shapes of each kind, and the small ones of each rung.
    package static let quick = few(threads: Shape(12_011, 9, hidden: [17]), drawnProducts: 20_000)

    /// A few with little work: for debug builds.
    package static let small = few(threads: Shape(601, 5, hidden: [9]), drawnProducts: 0)

    private static func few(threads: Shape, drawnProducts: Int) -> NetworkSuite {
        NetworkSuite(
            exact: [
                Shape(1, 1, hidden: [1]), Shape(2, 3, hidden: [4]), Shape(7, 17, hidden: [9, 5]),
                Shape(33, 5, hidden: [31]), Shape(17, 16, hidden: [16, 16]), Shape(65, 2, hidden: [3, 1, 4]),
            ],
            bounded: [
                Shape(1, 1, hidden: [1]), Shape(3, 33, hidden: [7]), Shape(37, 7, hidden: [9, 5]),
                Shape(16, 16, hidden: [16]), Shape(65, 3, hidden: [2, 2, 2, 2]),
            ],
            products: [Shape(1, 19, hidden: [13]), Shape(21, 5, hidden: [18])],
            numeric: [Shape(4, 3, hidden: [4, 2])],
            hostile: [Shape(19, 5, hidden: [6, 3])],
            threads: [threads],
            logistic: [Shape(1, 1), Shape(17, 5), Shape(33, 31)],
            drawnProducts: drawnProducts)
    }

    /// Widths, depths and numbers of samples of every kind, and all shapes that take the paths of a rung.
    package static let standard = NetworkSuite(
        exact: everyTail + [
            Shape(1, 1, hidden: [1]), Shape(300, 1, hidden: [1, 1, 1]), Shape(100, 5, hidden: [63]),
            Shape(100, 5, hidden: [65]), Shape(257, 130, hidden: [49, 3]), Shape(1025, 3, hidden: [5, 4]),
            Shape(2049, 2, hidden: [4]), Shape(5, 1200, hidden: [20, 7, 5]),
            Shape(64, 4, hidden: Array(repeating: 3, count: 63)),
        ],
        bounded: [
            Shape(1, 1, hidden: [1]), Shape(1, 100, hidden: [3]), Shape(400, 2, hidden: [4]),
            Shape(3, 33, hidden: [7]), Shape(569, 30, hidden: [16]), Shape(37, 7, hidden: [9, 5]),
            Shape(300, 2, hidden: [10, 5]), Shape(211, 2, hidden: [20, 3]),
            Shape(70, 1229, hidden: [20, 7, 5]),
            Shape(515, 28, hidden: [64, 64]), Shape(70, 784, hidden: [30]),
            Shape(130, 100, hidden: [128, 70]),
            Shape(10_007, 2, hidden: [4]), Shape(65, 3, hidden: [2, 2, 2, 2, 2, 2, 2, 2]),
        ],
        products: [
            Shape(1, 1, hidden: [1]), Shape(1, 784, hidden: [33]), Shape(1, 33, hidden: [300]),
            Shape(257, 17, hidden: [49]), Shape(2049, 3, hidden: [5]), Shape(9, 300, hidden: [7]),
        ],
        numeric: [Shape(1, 1, hidden: [1]), Shape(6, 2, hidden: [4]), Shape(5, 4, hidden: [3, 2])],
        hostile: [
            Shape(1, 1, hidden: [1]), Shape(19, 5, hidden: [6, 3]), Shape(40, 1, hidden: [1, 17]),
            Shape(130, 35, hidden: [20]),
        ],
        threads: [Shape(20_011, 9, hidden: [17, 6]), Shape(301, 500, hidden: [33])],
        logistic: [
            Shape(1, 1), Shape(1, 40), Shape(40, 1), Shape(17, 5), Shape(33, 31), Shape(300, 129),
            Shape(1025, 3),
        ],
        drawnProducts: .max)

    /// Each of m, n_x and the units around the widths of vectors and tiles, next to odd others.
    private static let everyTail: [Shape] = [2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49].flatMap { n in
        [
            Shape(n, 5, hidden: [6]), Shape(7, n, hidden: [5]), Shape(9, 6, hidden: [n]),
            Shape(10, 3, hidden: [4, n, 2]),
        ]
    }
}

extension Judge {
    /// Up to so many products in a pass forward, a shape is tried with every activation and scale.
    private static var fewProducts: Int { 20_000 }

    /// The activations that random models of a shape have: all where it is small, else one that the seed chooses.
    func activations(for shape: Shape, seed: UInt64) -> [Activation] {
        shape.products < Self.fewProducts ? Activation.allCases : [activation(seed)]
    }

    /// Another activation for each shape.
    private func activation(_ seed: UInt64) -> Activation {
        let all = Activation.allCases
        return all[Int(seed % UInt64(all.count))]
    }

    /// The cases of the ladder of networks.
    func networkCases(for rungs: [Rung<Scalar>], _ fixtures: [Fixture]) -> [Case<Scalar>] {
        let networks = suite.networks
        let processors = suite.threadCounts.max() ?? 1
        func exact(_ shape: Shape, _ seed: UInt64) -> [Case<Scalar>] {
            guard !shape.hidden.isEmpty else { return logistic(shape, seed) }
            return Case<Scalar>.Ending.allCases.enumerated().map { n, ending in
                .exactNetwork(
                    shape, n == 1 ? .linear : .relu, ending, seed: seed, threads: processors)
            }
        }
        func logistic(_ shape: Shape, _ seed: UInt64) -> [Case<Scalar>] {
            [
                .exactBackward(shape, seed: seed, threads: processors),
                .exactForward(shape, seed: seed, bias: 1, threads: processors),
                .random(shape, seed: seed, scale: 1, threads: processors),
                .random(shape, seed: seed, scale: 30, threads: processors),
            ]
        }
        func products(_ shape: Shape, _ seed: UInt64) -> [Case<Scalar>] {
            Case<Scalar>.Product.allCases.map {
                .product($0, shape, activation(seed), seed: seed, threads: processors)
            }
        }
        func random(_ shape: Shape, _ seed: UInt64) -> Case<Scalar> {
            .random(shape, activation(seed), seed: seed, threads: processors)
        }
        let cases =
            each(networks.exact, exact)
            + drawn(rungs, \.shapes, upTo: networks.drawnProducts) { shape, seed in
                exact(shape, seed)
                    + (shape.hidden.isEmpty ? [] : [random(shape, seed)] + products(shape, seed))
            }
            + each(networks.bounded) { shape, seed in
                activations(for: shape, seed: seed).map {
                    .random(shape, $0, seed: seed, threads: processors)
                }
                    + (shape.products < Self.fewProducts ? [0, 30] : []).map {
                        .random(shape, activation(seed), seed: seed, scale: $0, threads: processors)
                    }
            }
            + each(networks.products, products)
            + each(networks.numeric) { shape, seed in
                Activation.allCases.map { .numericGradient(shape, activation: $0, seed: seed) }
            }
            + fixtures.flatMap { Case.networkFixture($0) }
            + each(networks.hostile) { shape, seed in
                Activation.allCases.flatMap { Case.hostileNetwork(shape, $0, seed: seed) }
            }
            + each(networks.logistic, logistic)
            + [.numericGradient(Shape(5, 4), seed: seed)] + Case.hostile(Shape(19, 5), seed: seed)
            + each(networks.threads) { shape, seed in
                [.threads(shape, activation: activation(seed), seed: seed, counts: suite.threadCounts)]
            }
            + drawn(rungs, \.sharedShapes, upTo: networks.drawnProducts) { shape, seed in
                exact(shape, seed)
                    + [
                        .threads(
                            shape, activation: activation(seed), seed: seed, counts: suite.threadCounts,
                            seesWorkers: false)
                    ]
            }
        return cases.map { $0.on(.networks) }
    }
}
