extension Results {
    /// Why results that were begun as `self` cannot be continued by a run that would begin as `now`; nil
    /// where they can.
    package func differenceForResuming(_ now: Results) -> String? {
        if !machine.isSame(as: now.machine) {
            return "it was begun on another machine (\(machine.summary); this is \(now.machine.summary))"
        }
        if !build.isSame(as: now.build) {
            return "it was begun with another build (\(build.summary); this is \(now.build.summary))"
        }
        return nil
    }
}

extension Machine {
    /// Whether times taken on the one can be set beside times taken on the other.
    package func isSame(as other: Machine) -> Bool {
        (processor, processors, memoryBytes) == (other.processor, other.processors, other.memoryBytes)
            && caches == other.caches
    }

    /// In a few words: `AMD EPYC, 2 processors, 25.0 GB`.
    package var summary: String { "\(processor), \(processors) processors, \(ByteCount(memoryBytes))" }
}

extension Build {
    /// Whether the same program runs. The commit says nothing of that: files may have changed since.
    func isSame(as other: Build) -> Bool {
        (configuration, instructionSet, compiler) == (
            other.configuration, other.instructionSet, other.compiler
        )
            && fingerprint == other.fingerprint
    }

    /// In a few words.
    package var summary: String {
        "\(configuration), \(instructionSet), \(compiler)" + (fingerprint.map { ", fingerprint \($0)" } ?? "")
    }
}
