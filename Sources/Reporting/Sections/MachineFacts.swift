import Measurement

/// What is known of a machine and a build, as people read it.
package struct MachineFacts {
    private let machine: Machine
    private let build: Build

    /// The facts of a machine and a build.
    package init(_ machine: Machine, _ build: Build) { (self.machine, self.build) = (machine, build) }

    /// Names and values. What is unknown is said to be, or left out where few machines tell it.
    package var rows: [(name: String, value: String)] {
        let caches = machine.caches.map { cache in
            "L\(cache.level) \(cache.kind.lowercased()) \(Figures.binary(cache.bytes))"
        }
        let rows: [(name: String, value: String?)] = [
            ("processor", machine.processor + (machine.isVirtual == true ? ", virtual" : "")),
            ("processors", "\(machine.processors)" + cores),
            ("clock rate set by", machine.governor),
            ("caches", caches.isEmpty ? "unknown" : caches.joined(separator: ", ")),
            ("memory", "\(ByteCount(machine.memoryBytes))"),
            ("system", "\(machine.operatingSystem); \(machine.kernel)"),
            ("pages", machine.pageBytes.map { Figures.binary($0) }),
            ("huge pages", machine.hugePages ?? "unknown"),
            ("load before it began", machine.loadAverage.map(Figures.three) ?? "unknown"),
            (
                "build",
                "\(build.configuration), " + (build.optimization.map { "\($0), " } ?? "")
                    + "kernels for \(build.instructionSet), \(build.compiler)"
            ),
            ("commit", build.commit),
        ]
        return rows.compactMap { row in row.value.map { (row.name, $0) } }
    }

    private var cores: String {
        machine.cores.map { ", on a machine of \($0) core\($0 == 1 ? "" : "s")" } ?? ""
    }
}
