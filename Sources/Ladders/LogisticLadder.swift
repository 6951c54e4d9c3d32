import Problems

/// The ladder of logistic regression. A new rung is listed here and nowhere else.
package enum LogisticLadder {
    /// The rungs that compute in `Scalar`, from the two explicit loops up.
    ///
    /// Closures that are made in a `@specialized` function are specialized with it, and each rung with them: that
    /// is why this is one function and `rung` is inlined into it. A kernel called as generic code would be
    /// right and a thousand times slower, which `.ci/packed` looks for.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func rungs<Scalar: LaneScalar>(_: Scalar.Type) -> [Rung<Scalar>] {
        let rungs: [Rung<Scalar>?] = [
            NestedLoops<Scalar>.rung,
            FlatLoops<Scalar>.rung,
            rung(UncheckedLoops<Scalar>.self),
            rung(SampleLoop<Scalar>.self),
            WholeArrays<Scalar>.rung,
            rung(ArraysInPlace<Scalar>.self),
            rung(LanesKernel<Scalar>.self),
            rung(TwoPassKernel<Scalar>.self),
            rung(FusedKernel<Scalar>.self),
            rung(PipelinedKernel<Scalar>.self),
            rung(BFloat16Kernel.self) as? Rung<Scalar>,
            rung(ColumnsKernel<Scalar>.self),
            rung(InterleavedKernel<Scalar>.self),
            // On all processors: the samples are cut into parts by the shape alone, each worker claims the next
            // part until none is left, and the sums of the parts are added in order.
            rung(
                "dispatch.loops", "the loops on all processors",
                why: "Each processor takes a part of the samples, which pays once that is worth more than "
                    + "waking the others.",
                UncheckedLoops<Scalar>.self, on: ForkJoin.self),
            rung(
                "dispatch.arrays", "the array operations on all processors",
                why: "Each processor takes a part of the samples, and its arrays are short enough to stay in "
                    + "its own cache, so that they are not fetched from memory for each operation.",
                ArraysInPlace<Scalar>.self, on: ForkJoin.self),
            rung(
                "dispatch.simd", "the two passes on all processors",
                why: "Each processor takes a part of the samples, and the second pass over a part may find "
                    + "it still in that processor's cache.",
                TwoPassKernel<Scalar>.self, on: ForkJoin.self),
            rung(
                "dispatch.fused", "the one pass on all processors",
                why:
                    "Each processor takes a part of the samples. Beyond the caches all read from one memory, so "
                    + "the gain ends where its bandwidth does.",
                FusedKernel<Scalar>.self, on: ForkJoin.self),
            rung(
                "dispatch.pipelined", "the pipelined pass on all processors",
                why:
                    "Each processor takes a part of the samples. Beyond the caches all read from one memory, so "
                    + "the gain ends where its bandwidth does.",
                PipelinedKernel<Scalar>.self, on: ForkJoin.self),
            rung(
                "dispatch.bfloat16", "the pass in 16 bits on all processors",
                why:
                    "Each processor takes a part of the samples. Memory, which all share, has half as much to "
                    + "bring.",
                BFloat16Kernel.self, on: ForkJoin.self) as? Rung<Scalar>,
            rung(
                "dispatch.team", after: "dispatch.pipelined", "threads that live for the whole run",
                why:
                    "To wake a thread takes tens of microseconds, at each step. Threads that stay and look for "
                    + "the next step begin it within one.",
                PipelinedKernel<Scalar>.self, on: Team.self),
            rung(
                "dispatch.interleaved", "the interleaved columns on all processors",
                why: "Each processor takes a part of the samples, which is one piece of memory.",
                InterleavedKernel<Scalar>.self, on: Team.self),
        ]
        return rungs.compactMap(\.self)
    }

    /// All rungs. Each computes in `Float`, and nearly all in `Double` too.
    package static var rungs: [RungInfo] { rungs(in: .float) }

    /// The rungs that compute in `scalar`.
    package static func rungs(in scalar: ScalarKind) -> [RungInfo] {
        switch scalar {
        case .float: rungs(Float.self).map(\.info)
        case .double: rungs(Double.self).map(\.info)
        }
    }

    /// A rung that sums over all samples on the calling thread.
    @inline(__always)
    private static func rung<K: Kernel>(_: K.Type) -> Rung<K.Scalar> {
        Rung(K.info, shapes: { K.shapes }) { shape, _ in
            Sequential<K>.preparedBytes(m: shape.m, nx: shape.nx)
        } prepare: { problem, _ in
            let runner = Sequential<K>(problem.data)
            return Prepared { runner.gradient(at: $0, into: &$1) }
        }
    }

    /// A rung that shares the samples among threads.
    ///
    /// - Parameter name: of the rung that it builds on; where nil, the one that does the same on one thread.
    @inline(__always)
    private static func rung<K: Kernel, Threads: Workers>(
        _ name: String, after: String? = nil, _ idea: String, why: String, _: K.Type, on _: Threads.Type
    ) -> Rung<K.Scalar> {
        let alone = K.info
        let info = RungInfo(
            name, after: after ?? alone.name, idea, why: why,
            sums: alone.sums.split(intoAtMost: Partition.greatestCount), passes: alone.passes,
            sweeps: alone.sweeps, storage: alone.storage, isThreaded: true)
        return Rung(
            info, shapes: { K.shapes }, sharedShapes: { Parallel<K, Threads>.shapes }
        ) { shape, threads in
            Parallel<K, Threads>.preparedBytes(m: shape.m, nx: shape.nx, threads: threads)
        } prepare: { problem, threads in
            let runner = Parallel<K, Threads>(problem.data, threads: threads)
            return Prepared {
                runner.workersInLatestGradient
            } gradient: {
                runner.gradient(at: $0, into: &$1)
            }
        }
    }
}
