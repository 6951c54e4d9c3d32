import Problems

// The shapes that together take each path of a kernel. They follow from the very constants and functions that
// decide between the paths, so that another tile or size of block brings its own.

extension Shape {
    /// One, two and three blocks of `size` samples, also with a part of one behind them.
    static func blocks(of size: Int, nx: Int) -> [Shape] {
        [size - 1, size, size + 1, 2 * size, 2 * size + max(1, size / 3), 3 * size, 4 * size - 1]
            .filter { $0 > 0 }.map { Shape($0, nx) }
    }

    /// Up to three chunks, with and without a part of one behind them.
    static func chunks(nx: Int) -> [Shape] {
        let size = Chunks.size
        return [size - 1, size, size + 1, 2 * size, 2 * size + 1, 3 * size + 17].map { Shape($0, nx) }
    }

    /// Blocks of samples of as many features as each of some widths, of one less and of one more; and on both sides
    /// of where `size`, the samples in a block by the number of features, changes.
    static func blocks(around widths: [Int], _ more: [Int] = [], size: (_ nx: Int) -> Int) -> [Shape] {
        let features =
            widths.flatMap { [$0 - 1, $0, $0 + 1] } + (edges(size) + more).flatMap { [$0, $0 + 1] }
        return Set(features).subtracting([0]).sorted().flatMap { blocks(of: size($0), nx: $0) }
    }

    /// The numbers of features, up to some thousands, beyond which another way is taken.
    static func edges(_ way: (_ nx: Int) -> Int) -> [Int] { features.filter { way($0) != way($0 + 1) } }

    fileprivate static let features = 1..<16_384
}

extension LogisticSums {
    /// Samples so wide, and so many, that sums are set aside within a chunk: blocks fill their vectors in part.
    static func shapes(_ size: (_ nx: Int) -> Int) -> [Shape] {
        guard let nx = Shape.features.first(where: { size($0) * mostVectors < Chunks.size }) else {
            return []
        }
        return [Shape((mostVectors + 2) * size(nx) + 1, nx)]
    }
}

extension SampleBlock {
    /// Around vectors, tiles and their sums; around each size of block; and chunks.
    static var shapes: [Shape] {
        let (vector, wide) = (Lanes.scalarCount, WideTile<Scalar>.scalarCount)
        let four = 4 * vector
        let wideSamples = Shape.edges { isWide(nx: $0) ? 1 : 0 }
        return Shape.blocks(
            around: [vector, four, wide, wide + four + vector + 3], wideSamples, size: size(nx:))
            + [1, 5, four].flatMap(Shape.chunks(nx:)) + [Shape(2 * Chunks.size + 17, wide)]
            + LogisticSums<Scalar>.shapes(size(nx:))
    }
}
