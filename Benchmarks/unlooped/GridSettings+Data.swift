import Problems
import Measurement

extension GridSettings {
    /// The same for a data set in place of random data. It is read once, for its shape, and for α: at most
    /// 1/L, since a model that runs away is timed on numbers that no training has.
    func timing(_ choice: DataChoice) throws -> GridSettings {
        let facts = try scalars[0] == .float ? choice.facts(Float.self) : choice.facts(Double.self)
        var threads: [Int] = []
        for cell in plan.cells where !threads.contains(cell.threads) { threads.append(cell.threads) }
        let cells = scalars.flatMap { scalar in
            threads.map {
                Cell(m: facts.m, nx: facts.nx, scalar: scalar, threads: $0, data: choice.shortName)
            }
        }
        var settings = self
        settings.plan = Plan(
            cells: cells, rungs: plan.rungs, data: choice.commandWords,
            dataFingerprint: try choice.fingerprint)
        if facts.learningRate > 0 {
            settings.sampler.learningRate = min(sampler.learningRate, facts.learningRate)
        }
        return settings
    }

    /// Whether Fashion-MNIST is among what is timed.
    var timesFashionMNIST: Bool { plan.cells.contains { $0.data == FashionMNIST.training.rawValue } }

    /// Says so where a preset would time Fashion-MNIST too, if it were installed.
    func noteAbsence() {
        guard let preset = plan.preset.flatMap(Preset.init), preset.timesRealData, !timesFashionMNIST else {
            return
        }
        if !FashionMNIST.isInstalled {
            Terminal.note("left out: Fashion-MNIST, which is not installed; \(FashionMNIST.advice)")
        }
    }
}

extension DataChoice {
    /// The shape of the data, and 1/L.
    fileprivate func facts<Scalar: RealScalar>(
        _: Scalar.Type
    ) throws -> (m: Int, nx: Int, learningRate: Double) {
        let data = try read(as: Scalar.self).data
        return (data.m, data.nx, 1 / (Curvature.greatest(of: data) ?? .infinity))
    }
}

extension Preset {
    /// Whether Fashion-MNIST is timed too, where it is installed.
    var timesRealData: Bool {
        switch self {
        case .standard, .full, .peers: true
        case .quick, .limits: false
        }
    }

    /// The cells of Fashion-MNIST; none where it is not installed, or not timed by this preset.
    func realData(scalars: [ScalarKind], processors: Int) -> [Cell] {
        guard timesRealData, FashionMNIST.isInstalled else { return [] }
        return scalars.map {
            Cell(
                m: FashionMNIST.m, nx: FashionMNIST.nx, scalar: $0, threads: processors,
                data: FashionMNIST.training.rawValue)
        }
    }
}
