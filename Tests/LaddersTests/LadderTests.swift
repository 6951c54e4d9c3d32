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
        .appendingPathComponent("Sources/Ladders")

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

    @Test("The label of a rung is written in one file, with what it is and what it changes")
    func labels() throws {
        let folder = try #require(
            FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil))
        let files = folder.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        let texts = try files.map {
            (name: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8))
        }
        for (rung, prefix) in Self.rungs.map({ ($0, "") }) + NetworkLadder.rungs.map({ ($0, "network.") }) {
            let homes = texts.filter {
                ($0.name.lowercased().hasPrefix("network") == !prefix.isEmpty)
                    && $0.text.split(separator: "\n").contains {
                        $0.drop { $0 == " " }.hasPrefix("\"\(rung.name)\", ")
                    }
            }
            #expect(homes.count == 1, "\(rung.name): \(homes.map(\.name))")
            // A rung on one thread is a file of its name, which opens with what it changes.
            guard let home = homes.first, !rung.isThreaded else { continue }
            #expect(home.name == prefix + rung.name + ".swift")
            #expect(
                home.text.contains("/// `\(rung.name)`\(prefix.isEmpty ? "" : " of networks"): "),
                "\(rung.name)")
            if let after = rung.after {
                #expect(home.text.contains("Changes from `\(after)`: "), "\(rung.name)")
            }
        }
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
