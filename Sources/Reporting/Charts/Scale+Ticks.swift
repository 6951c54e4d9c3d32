import Foundation

extension Scale {
    /// Round values along the scale, at most `limit` of them where that can be: steps of 1, 2 or 5 times a
    /// power of ten, or powers of the base.
    package func ticks(atMost limit: Int) -> [Double] {
        switch kind {
        case .linear: return steps(atMost: limit)
        case .logarithmic(let base):
            let choices = base == 2 ? binary : decimal
            // A short stretch of a logarithmic scale is nearly linear.
            let found = choices.lazy.map { $0.filter { self.contains($0) } }.first { $0.count <= limit }
            return (found?.count ?? 0) >= 2 ? found ?? [] : steps(atMost: limit)
        }
    }

    /// Values between the ticks that get a mark without a number: 2 to 9 times each power of ten where all
    /// powers have a tick.
    package func minorTicks(between ticks: [Double]) -> [Double] {
        guard kind == .logarithmic(base: 10), let first = ticks.first, ticks.count > 1 else { return [] }
        let isDecades = zip(ticks, ticks.dropFirst()).allSatisfy { ($1 / $0 - 10).magnitude < 1e-6 }
        guard isDecades else { return [] }
        return ([first / 10] + ticks).flatMap { decade in (2...9).map { Double($0) * decade } }
            .filter { self.contains($0) }
    }

    /// Steps of 1, 2 or 5 times a power of ten.
    private func steps(atMost limit: Int) -> [Double] {
        let rough = (high - low) / Double(max(1, limit))
        guard rough > 0, rough.isFinite else { return [] }
        let power = pow(10, log10(rough).rounded(.down))
        let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * (1 - 1e-9) } ?? 10 * power
        let (first, last) = ((low / step).rounded(.up), (high / step).rounded(.down))
        guard step > 0, first <= last, last - first < 1000 else { return [] }
        return stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step }
    }

    /// Finer choices first: 1, 2 and 5 times each power of ten, 1 and 3 times, each power alone, every second
    /// one, and so on.
    private var decimal: [[Double]] {
        let powers = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
        let fine = powers.flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
        let coarse = powers.flatMap { power in [1, 3].map { $0 * pow(10, Double(power)) } }
        return [fine, coarse]
            + [1, 2, 3, 5, 10, 20, 50, 100, 200].map { step in
                powers.filter { $0 % step == 0 }.map { pow(10, Double($0)) }
            }
    }

    private var binary: [[Double]] {
        let powers = Int(log2(low).rounded(.down))...Int(log2(high).rounded(.up))
        return [1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500].map { step in
            powers.filter { $0 % step == 0 }.map { pow(2, Double($0)) }
        }
    }
}
