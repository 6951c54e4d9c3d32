import Problems
import Testing

import Measurement

@Suite("A grid is checked before anything is allocated")
struct GridTests {
    @Test("It has every m with every n_x, scalar and number of threads, each once")
    func cells() throws {
        let grid = try Grid(m: [1, 2, 3], nx: [4, 5], scalars: [.float, .double], threads: [1, 2])
        #expect(grid.cells.count == 24)
        #expect(Set(grid.cells).count == 24)
        #expect(grid.cells.first == Cell(m: 1, nx: 4, scalar: .float, threads: 1))
    }

    @Test("Each network is in each shape; products are those of a pass, and saturate")
    func networks() throws {
        let networks = [Network.logistic, Network(hidden: [7, 2], activation: .leaky)]
        let grid = try Grid(m: [1, 2], nx: [4], networks: networks, scalars: [.float], threads: [1])
        #expect(grid.cells.map { $0.network } == [networks[0], networks[0], networks[1], networks[1]])
        #expect(grid.cells.map { $0.problem } == [.logistic, .logistic, .network, .network])
        #expect(grid.cells.map { $0.products } == [4, 8, 4 * 7 + 7 * 2 + 2, 2 * (4 * 7 + 7 * 2 + 2)])
        let large = Network(hidden: [.max, .max])
        #expect(Cell(m: 2, nx: 1, network: large, scalar: .float, threads: 1).products == .max)
    }

    @Test("Nothing, a zero, a negative number and a value named twice are errors that name the axis")
    func wrong() {
        func error(_ m: [Int], _ nx: [Int] = [1], _ scalars: [ScalarKind] = [.float], _ threads: [Int] = [1])
            -> GridError?
        {
            #expect(throws: GridError.self) {
                _ = try Grid(m: m, nx: nx, scalars: scalars, threads: threads)
            }
        }
        #expect(error([]) == .empty(axis: "m"))
        #expect(error([0]) == .notPositive(axis: "m", value: 0))
        #expect(error([1], [-3]) == .notPositive(axis: "n_x", value: -3))
        #expect(error([5, 5]) == .duplicate(axis: "m", value: "5"))
        #expect(error([1], [1], []) == .empty(axis: "scalar"))
        #expect(error([1], [1], [.float, .float]) == .duplicate(axis: "scalar", value: "float"))
        #expect(error([1], [1], [.float], [2, 2]) == .duplicate(axis: "threads", value: "2"))
    }

    @Test("A cell that does not fit into memory is rejected with the memory it needs and the memory there is")
    func memory() throws {
        let grid = try Grid(m: [10, 1000], nx: [8], scalars: [.float], threads: [1])
        try grid.checkMemory { _ in 1 << 10 }
        try grid.checkMemory(availableBytes: 4000) { 4 * $0.m }
        let error = try #require(throws: GridError.self) {
            try grid.checkMemory(availableBytes: 3999) { 4 * $0.m }
        }
        #expect(error == .memory(cell: grid.cells[1], neededBytes: 4000, availableBytes: 3999))
        #expect("\(error)".contains("needs 4.00 kB of memory"))
        #expect("\(error)".contains("4.00 kB are available"))
    }

    @Test("Sizes that no Int holds are the greatest Int")
    func saturating() {
        #expect(Cell(m: .max, nx: .max, scalar: .double, threads: 1).xBytes == .max)
        #expect(Cell(m: 1, nx: .max, scalar: .double, threads: 1).xBytes == .max)
    }

    @Test("Grids are joined, each cell once, and thinned out")
    func joining() throws {
        let one = try Grid(m: [1, 2], nx: [1], scalars: [.float], threads: [1])
        let two = try Grid(m: [2, 3], nx: [1], scalars: [.float], threads: [1])
        #expect(one.joined(with: two).cells.map { $0.m } == [1, 2, 3])
        #expect(one.keeping { $0.m > 1 }.cells.map { $0.m } == [2])
    }

    @Test("Large pages are counted where the system reports them")
    func largePages() {
        let smaps = """
            7f0000000000-7f0000800000 rw-p 00000000 00:00 0
            Size:               8192 kB
            AnonHugePages:      4096 kB
            7f0000800000-7f0000900000 rw-p 00000000 00:00 0 [heap]
            AnonHugePages:         0 kB
            """
        #expect(Memory.largePageBytes(at: 0x7f00_0010_0000, count: 7 << 20, in: smaps) == 4 << 20)
        #expect(Memory.largePageBytes(at: 0x7f00_0010_0000, count: 1 << 20, in: smaps) == 1 << 20)
        #expect(Memory.largePageBytes(at: 0x7f00_0080_0000, count: 100, in: smaps) == 0)
        #expect(Memory.largePageBytes(at: 0x1000, count: 100, in: smaps) == nil)
        #expect(Memory.largePageBytes(at: 0x7f00_0080_0000, count: 100, in: "7f-\nx") == nil)
    }

    @Test("The available memory is read where the system reports it")
    func available() {
        #expect(AvailableMemory.inSystem("MemTotal: 9 kB\nMemAvailable:    2048 kB\n") == 2 << 20)
        #expect(AvailableMemory.inSystem("MemTotal: 9 kB\n") == nil)
        #expect(AvailableMemory.inSystem("MemAvailable: lots\n") == nil)
        #expect(Memory.availableBytes > 0)
    }

    @Test("The files in which Linux describes a machine are understood")
    func machine() {
        #expect(Machine.cacheSize("32K") == 32 << 10)
        #expect(Machine.cacheSize("36M") == 36 << 20)
        #expect(Machine.cacheSize("512") == 512)
        #expect(Machine.cacheSize("K") == nil)
        #expect(Machine.chosen("always [madvise] never") == "madvise")
        #expect(Machine.chosen("always") == nil)
        #expect(Machine.isVirtual(flags: "fpu hypervisor lahf_lm"))
        #expect(!Machine.isVirtual(flags: "fpu nohypervisor"))
        let machine = Machine.current
        #expect(machine.processors >= 1)
        #expect(machine.cores ?? 1 >= 1)
        #expect(machine.pageBytes ?? 4096 >= 4096)
        #expect(machine.governor?.isEmpty != true)
    }
    @Test("macOS's numbers become caches: those of the faster cores where there are two kinds")
    func cachesOfMacOS() {
        let apple = [
            "hw.perflevel0.l1dcachesize": 128 << 10, "hw.perflevel0.l1icachesize": 192 << 10,
            "hw.perflevel0.l2cachesize": 16 << 20, "hw.l1dcachesize": 64 << 10, "hw.l2cachesize": 4 << 20,
        ]
        let faster = Machine.caches { apple[$0] }
        #expect(faster.map { $0.level } == [1, 1, 2])
        #expect(faster.map { $0.kind } == ["Data", "Instruction", "Unified"])
        #expect(faster.map { $0.bytes } == [128 << 10, 192 << 10, 16 << 20])
        let intel = Machine.caches { $0 == "hw.l3cachesize" ? 12 << 20 : $0 == "hw.l2cachesize" ? 0 : nil }
        #expect(intel == [Machine.Cache(level: 3, kind: "Unified", bytes: 12 << 20)])
    }

    @Test("An arm64 processor is named after the numbers that Linux gives")
    func armModels() {
        #expect(Machine.armModel(implementer: "0x41", part: "0xd0c") == "Arm Neoverse N1")
        #expect(Machine.armModel(implementer: "0x41", part: "0x123") == "Arm core 0x123")
        #expect(Machine.armModel(implementer: "0x61", part: "0x022") == "Apple core 0x022")
        #expect(Machine.armModel(implementer: "0x51", part: "0x1") == "arm64 core 0x1 of implementer 0x51")
    }
}
