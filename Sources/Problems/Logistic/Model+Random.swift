extension Model {
    /// A model drawn at random, the same for the same seed: z of standard-normal samples spreads about
    /// `scale` wide around 0, at any n_x.
    public static func random(_ nx: Int, seed: UInt64, scale: Double = 1) -> Model {
        // Another sequence than that of data of the same seed.
        var random = SplitMix64(seed: ~seed)
        func value(_ width: Double) -> Scalar { Scalar(Double.random(in: -1...1, using: &random) * width) }
        let width = scale * (3 / Double(max(nx, 1))).squareRoot()
        return Model(w: (0..<nx).map { _ in value(width) }, b: value(scale))
    }
}
