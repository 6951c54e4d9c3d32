import LogisticRegression
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
        #expect(grid.largest.map { ($0.m, $0.nx, $0.scalar) }! == (3, 5, .double))
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

    @Test(
        "What does not fit into memory is told with what it needs and what there is, at any size",
        arguments: [(1_000_000_000_000, 128), (Int.max, Int.max), (Int.max, 1), (1, Int.max)])
    func memory(m: Int, nx: Int) throws {
        let grid = try Grid(m: [m], nx: [nx], scalars: [.double], threads: [1])
        let error = try #require(throws: GridError.self) { try grid.checkMemory(availableBytes: 8 << 30) }
        #expect("\(error)".contains("needs up to \(ByteCount(grid.cells[0].bytesNeeded)) of memory"))
        #expect("\(error)".contains("8.59 GB are available"))
    }

    @Test("What fits is no error")
    func fits() throws {
        let grid = try Grid(m: [1000], nx: [8], scalars: [.float], threads: [1])
        try grid.checkMemory()
        try grid.checkMemory(availableBytes: grid.cells[0].bytesNeeded)
        #expect(throws: GridError.self) {
            try grid.checkMemory(availableBytes: grid.cells[0].bytesNeeded - 1)
        }
    }

    @Test("The available memory is read where the system tells it")
    func available() {
        #expect(Memory.available(in: "MemTotal: 9 kB\nMemAvailable:    2048 kB\n") == 2 << 20)
        #expect(Memory.available(in: "MemTotal: 9 kB\n") == nil)
        #expect(Memory.available(in: "MemAvailable: lots\n") == nil)
        #expect(Memory.availableBytes > 0)
    }

    @Test("What Linux tells of a machine is understood")
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
}
