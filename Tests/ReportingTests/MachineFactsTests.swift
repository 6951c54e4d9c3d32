import Measurement
import Testing

import Reporting

@Suite("Facts of a machine and a build are put so that people can read them")
struct MachineFactsTests {
    @Test("What is unknown is said to be so, or left out")
    func unknown() {
        let machine = Machine(
            processor: "P", processors: 4, caches: [], memoryBytes: 1 << 34, operatingSystem: "OS",
            kernel: "K", hugePages: nil)
        let build = Build(configuration: "release", instructionSet: "arm64", compiler: "Swift 6.3")
        let rows = MachineFacts(machine, build).rows.map { "\($0.name): \($0.value)" }
        #expect(
            rows == [
                "processor: P", "processors: 4", "caches: unknown", "memory: 17.2 GB", "system: OS; K",
                "huge pages: unknown", "build: release, kernels for arm64, Swift 6.3",
            ])
    }

    @Test("What is known is all there")
    func known() {
        let machine = Machine(
            processor: "P", processors: 4, cores: 1, isVirtual: true, governor: "performance",
            caches: [.init(level: 2, kind: "Unified", bytes: 3 << 19)], memoryBytes: 1 << 34,
            pageBytes: 16384, operatingSystem: "OS", kernel: "K", hugePages: "always")
        let build = Build(
            configuration: "debug", optimization: "-Onone", instructionSet: "x86-64", compiler: "Swift 6.3",
            commit: "abc-dirty", fingerprint: "0")
        let rows = MachineFacts(machine, build).rows.map { "\($0.name): \($0.value)" }
        #expect(
            rows == [
                "processor: P, virtual", "processors: 4, on a machine of 1 core",
                "clock rate set by: performance", "caches: L2 unified 1.50 MiB", "memory: 17.2 GB",
                "system: OS; K", "pages: 16 KiB", "huge pages: always",
                "build: debug, -Onone, kernels for x86-64, Swift 6.3", "commit: abc-dirty",
            ])
    }

    @Test("Sizes of caches are in powers of two")
    func binary() {
        #expect(Numbers.binary(48 << 10) == "48 KiB")
        #expect(Numbers.binary(1 << 20) == "1 MiB")
        #expect(Numbers.binary(5 << 18) == "1.25 MiB")
        #expect(Numbers.binary(36608 << 10) == "35.8 MiB")
        #expect(Numbers.binary(1536) == "1.50 KiB")
    }
}
