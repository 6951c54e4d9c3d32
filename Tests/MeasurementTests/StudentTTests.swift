import Testing

import Measurement

/// All reference values come from mpmath 1.3 with 50 digits: the regularized `betainc` and, for quantiles,
/// `findroot` on it. SciPy 1.17 (`stats.t`) gives the same to 10⁻¹⁴, but for the quantile next to ½, of
/// which it loses digits.
@Suite("Student's t is what mpmath says")
struct StudentTTests {
    private func expect(_ value: Double, near reference: Double, of degrees: Double) {
        // x is next to 1 with many degrees of freedom, where its rounding weighs more.
        let part = degrees > 1000 ? 1e-10 : 1e-12
        #expect((value - reference).magnitude <= part * reference.magnitude, "\(value) for \(reference)")
    }

    @Test(
        "P(T ≤ t), from one degree of freedom to a million",
        arguments: [
            (1, -1_000_000, 3.1830988618368457e-7), (1, 0.5, 0.64758361765043327),
            (2, -3.5, 0.036413675027234668), (3, 0.001, 0.50036755251526953),
            (4, -40, 1.1670081613006343e-6), (2.5, 1.25, 0.8422268342013743),
            (7.3, -2, 0.041970519667051606), (10, -0.01, 0.49610898749548571),
            (30, -2.5, 0.0090578245340333471), (100, -8, 1.1364324038640403e-12),
            (399, -3, 0.001434569589452303), (401, -3, 0.0014341405150046767),
            (1_000_000, -4, 3.1673517005024052e-5), (0.5, -10, 0.10133867638566557),
        ] as [(Double, Double, Double)])
    func cumulative(degrees: Double, t: Double, reference: Double) {
        let distribution = StudentT(degreesOfFreedom: degrees)
        expect(distribution.cumulative(t), near: reference, of: degrees)
        expect(distribution.cumulative(-t), near: 1 - reference, of: degrees)
    }

    @Test(
        "The quantiles",
        arguments: [
            (1, 0.975, 12.706204736174693), (2, 0.975, 4.3026527297494618),
            (3, 0.975, 3.1824463052837084), (4, 0.995, 4.604094871349992),
            (5, 0.9, 1.4758840488244813), (9, 0.025, -2.2621571627982055),
            (30, 0.975, 2.0422724563012379), (2.5, 0.975, 3.5746548420036818),
            (17.6, 0.999, 3.6240485808092355), (1, 1e-12, -318309886183.79068),
            (3, 1e-30, -10331108360.446529), (8, 0.6, 0.26192109674883231),
            (8, 0.500001, 2.5859905141312639e-6), (120, 0.95, 1.6576508993552352),
            (1_000_000, 0.975, 1.9599663568141067), (0.5, 0.9, 10.270324410234511),
        ] as [(Double, Double, Double)])
    func quantile(degrees: Double, probability: Double, reference: Double) {
        expect(StudentT(degreesOfFreedom: degrees).quantile(probability), near: reference, of: degrees)
    }

    @Test("The quantile of P(T ≤ t) is t, for any degrees of freedom", arguments: [0.1, 1, 2, 3.7, 50, 1e5])
    func roundTrip(degrees: Double) {
        let distribution = StudentT(degreesOfFreedom: degrees)
        for t in [-30, -3, -0.7, -1e-3, 1e-3, 0.2, 0.9] {
            let back = distribution.quantile(distribution.cumulative(t))
            // A probability near ½ holds t to an ulp of ½ only.
            #expect((back - t).magnitude <= 1e-11 * t.magnitude + 1e-15, "\(back) for \(t)")
        }
    }

    @Test("The ends are 0, 1 and infinities, and what is no number stays none")
    func ends() {
        let distribution = StudentT(degreesOfFreedom: 3)
        #expect(distribution.cumulative(0) == 0.5 && distribution.quantile(0.5) == 0)
        #expect(distribution.cumulative(-.infinity) == 0 && distribution.cumulative(.infinity) == 1)
        #expect(distribution.quantile(0) == -.infinity && distribution.quantile(1) == .infinity)
        #expect(distribution.cumulative(-1e300) == 0 && distribution.cumulative(1e300) == 1)
        #expect(distribution.cumulative(.leastNonzeroMagnitude) == 0.5)
        #expect(distribution.cumulative(.nan).isNaN)
        for probability in [-0.1, 1.1, .nan, .infinity] {
            #expect(distribution.quantile(probability).isNaN)
        }
        for degrees in [0, -1, .infinity, .nan] {
            let none = StudentT(degreesOfFreedom: degrees)
            #expect(none.cumulative(1).isNaN && none.quantile(0.9).isNaN)
        }
        let slow = StudentT(degreesOfFreedom: 1e-3)
        #expect(slow.quantile(1e-9) == -.infinity)
    }
}
