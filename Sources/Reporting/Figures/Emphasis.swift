import Measurement

/// Which of many rungs stand out: the first, which all are compared with, and the fastest of each family.
struct Emphasis {
    private let strong: Set<String>

    /// By the times in `cell`.
    init(_ cell: CellResult) {
        var fastest: [String: RungResult] = [:]
        for rung in cell.contenders {
            let family = Looks.family(rung.rung)
            guard let time = rung.stepTime?.medianNanoseconds else { continue }
            if time < fastest[family]?.stepTime?.medianNanoseconds ?? .infinity { fastest[family] = rung }
        }
        strong = Set(fastest.values.map { $0.rung } + [cell.rungs.first?.rung].compactMap(\.self))
    }

    /// Whether a rung stands out.
    subscript(rung: String) -> Series.Weight { strong.contains(rung) ? .strong : .thin }
}
