import Problems

/// Which cases the judge tries, and on which shapes.
package struct Suite: Sendable {
    /// For the exact cases.
    package let exact: [Shape]
    /// For the bounded cases.
    package let bounded: [Shape]
    /// For numeric differences: n_x + 1 references each, so small ones.
    package let numeric: [Shape]
    /// For the hostile cases.
    package let hostile: [Shape]
    /// For the number of threads: large enough that threaded rungs split them.
    package let threads: [Shape]
    /// The numbers of threads that are compared.
    package let threadCounts: [Int]

    /// A suite of one's own.
    package init(
        exact: [Shape], bounded: [Shape], numeric: [Shape], hostile: [Shape], threads: [Shape],
        threadCounts: [Int]
    ) {
        (self.exact, self.bounded, self.numeric) = (exact, bounded, numeric)
        (self.hostile, self.threads, self.threadCounts) = (hostile, threads, threadCounts)
    }

    /// A few shapes of each kind, for the beginning of a study.
    package static let quick = few(threads: Shape(4100, 501))

    /// The same with little work in the cases of threads: for debug builds, where all takes long.
    package static let small = few(threads: Shape(65, 2001))

    private static func few(threads: Shape) -> Suite {
        Suite(
            exact: [
                Shape(1, 1), Shape(2, 3), Shape(7, 17), Shape(15, 16), Shape(17, 5), Shape(33, 31),
                Shape(48, 65), Shape(300, 257),
            ],
            bounded: [Shape(1, 1), Shape(3, 33), Shape(16, 16), Shape(37, 7), Shape(1031, 3)],
            numeric: [Shape(5, 4)],
            hostile: [Shape(1, 1), Shape(19, 5)],
            threads: [threads],
            threadCounts: [1, 2, 3, 7])
    }

    /// Tails of every length, and sizes around every edge of lanes, blocks, spans and parts.
    package static let standard = Suite(
        exact: everyTail + edges + split,
        bounded: [
            Shape(1, 1), Shape(1, 100), Shape(100, 1), Shape(3, 33), Shape(16, 16), Shape(37, 7),
            Shape(257, 129), Shape(1031, 3), Shape(4099, 31), Shape(20_011, 8), Shape(5, 12_288),
            Shape(1030, 1100), Shape(1030, 8200),
        ] + split,
        numeric: [Shape(1, 1), Shape(5, 4), Shape(40, 17)],
        hostile: [Shape(1, 1), Shape(1, 40), Shape(40, 1), Shape(19, 5), Shape(130, 35)],
        threads: split,
        threadCounts: [1, 2, 3, 7])

    /// m and n_x from 1 to 33, each with all of the other that make a difference.
    private static let everyTail: [Shape] =
        (1...33).flatMap { n in
            [1, 2, 7, 8, 9, 15, 16, 17, 33].flatMap { [Shape(n, $0), Shape($0, n)] }
        }.reduce(into: []) { shapes, shape in if !shapes.contains(shape) { shapes.append(shape) } }

    /// Around vectors of features, blocks of samples and spans of 1024 samples.
    private static let edges: [Shape] = [
        Shape(10, 63), Shape(10, 64), Shape(10, 65), Shape(21, 127), Shape(21, 128), Shape(21, 129),
        Shape(1023, 5), Shape(1024, 5), Shape(1025, 5), Shape(2047, 2), Shape(2049, 18), Shape(4097, 3),
    ]

    /// Large enough for several parts, with tails.
    private static let split: [Shape] = [
        Shape(60_001, 33), Shape(250_007, 3), Shape(301, 9001), Shape(9_001, 257),
    ]
}
