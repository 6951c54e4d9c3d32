import Foundation
import Ladders
import Problems
import Testing

@Suite("The ladder")
struct LadderTests {
    /// In the order of the ladder. A rung that is added gets a place here as well.
    static let names = [
        "loops.nested", "loops.flat", "loops.unchecked", "loops.sample", "arrays.whole", "arrays.inPlace",
        "simd.lanes", "simd.twoPass", "simd.fused", "simd.pipelined", "simd.bfloat16", "simd.columns",
        "simd.interleaved", "dispatch.loops", "dispatch.arrays", "dispatch.simd", "dispatch.fused",
        "dispatch.pipelined", "dispatch.bfloat16", "dispatch.team", "dispatch.interleaved",
    ]

    static let rungs = LogisticLadder.rungs

    static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources/Ladders/Rungs")

    @Test("The rungs of the design are there, in its order")
    func order() {
        #expect(Self.rungs.map(\.name).filter(Self.names.contains) == Self.names)
    }

    @Test("Float and Double have the same rungs, but for those that store X in 16 bits: they are for Float")
    func scalars() {
        #expect(Self.rungs == LogisticLadder.rungs(Float.self).map(\.info))
        #expect(LogisticLadder.rungs(in: .double) == LogisticLadder.rungs(Double.self).map(\.info))
        #expect(LogisticLadder.rungs(in: .double) == Self.rungs.filter { $0.storage == .scalar })
    }

    @Test("Names are unique, and made of a family and a variant")
    func naming() {
        #expect(Set(Self.rungs.map(\.name)).count == Self.rungs.count)
        for rung in Self.rungs {
            #expect(rung.name.wholeMatch(of: /[a-z]+\.[a-zA-Z0-9]+/) != nil, "\(rung.name)")
            #expect(rung.name.hasPrefix(rung.family + "."))
            #expect(!rung.idea.isEmpty)
            #expect(rung.why?.hasSuffix(".") == true, "reports say why \(rung.name) is what it is")
        }
    }

    @Test("Every rung but the first builds on an earlier one")
    func builds() throws {
        var earlier: Set<String> = []
        for rung in Self.rungs {
            if earlier.isEmpty {
                #expect(rung.after == nil)
            } else {
                let after = try #require(rung.after, "\(rung.name)")
                #expect(earlier.contains(after), "\(rung.name)")
            }
            earlier.insert(rung.name)
        }
    }

    @Test("Every rung has a file of its name, which opens with what it is and what it changes")
    func files() throws {
        for rung in Self.rungs {
            let file = Self.sources.appendingPathComponent(rung.name + ".swift")
            let text = try String(contentsOf: file, encoding: .utf8)
            let opening = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(25)
            let comment = opening.filter { $0.hasPrefix("///") }.joined(separator: "\n")
            #expect(comment.hasPrefix("/// `\(rung.name)`: "), "\(rung.name)")
            if let after = rung.after {
                #expect(comment.contains("Changes from `\(after)`: "), "\(rung.name)")
            }
        }
    }

    @Test("Every file of a rung is a rung of the ladder")
    func noStrays() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
        #expect(Set(files) == Set(Self.rungs.map { $0.name + ".swift" }))
    }

    @Test("Those that use threads are those of the family dispatch", arguments: rungs)
    func threads(rung: RungInfo) {
        #expect(rung.isThreaded == (rung.family == "dispatch"))
    }

    @Test("The work counts 4·m·n_x operations, and X and Y at least once")
    func work() {
        for kind in LogisticLadder.rungs(Double.self) {
            for (m, nx) in [(1, 1), (7, 3), (1000, 128), (1_000_000, 12_288)] {
                let work = kind.work(Shape(m, nx))
                #expect(work.operations == 4 * m * nx, "\(kind.name)")
                #expect(work.bytes >= 8 * (m * nx + m), "\(kind.name)")
            }
        }
        let floats = LogisticLadder.rungs(Float.self).filter { $0.info.storage == .scalar }
        for (float, double) in zip(floats, LogisticLadder.rungs(Double.self)) {
            let (half, whole) = (float.work(Shape(100, 10)), double.work(Shape(100, 10)))
            #expect(2 * half.bytes == whole.bytes && half.operations == whole.operations)
        }
    }
}
