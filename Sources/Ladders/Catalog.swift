import Problems

/// All implementations, in the order of the ladder. A new one is listed here and nowhere else.
package enum Catalog<Scalar: LaneScalar> {
    /// The rungs, from the two explicit loops up: those that compute in this scalar.
    package static var all: [ImplementationType<Scalar>] {
        let rungs: [any Implementation.Type] = [
            NestedLoops<Scalar>.self,
            FlatLoops<Scalar>.self,
            UncheckedLoops<Scalar>.self,
            SampleLoop<Scalar>.self,
            WholeArrays<Scalar>.self,
            ArraysInPlace<Scalar>.self,
            SIMDLanes<Scalar>.self,
            SIMDTwoPass<Scalar>.self,
            SIMDFused<Scalar>.self, SIMDPipelined<Scalar>.self, SIMDBFloat16.self,
            SIMDColumns<Scalar>.self,
            SIMDInterleaved<Scalar>.self,
            DispatchLoops<Scalar>.self,
            DispatchArrays<Scalar>.self,
            DispatchSIMD<Scalar>.self,
            DispatchFused<Scalar>.self, DispatchPipelined<Scalar>.self, DispatchBFloat16.self,
            DispatchTeam<Scalar>.self,
            DispatchInterleaved<Scalar>.self,
        ]
        return rungs.compactMap { $0 as? ImplementationType<Scalar> }
    }
}
