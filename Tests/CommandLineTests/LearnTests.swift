import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("gradient-check, graph and losses explain")
struct LearnTests {
    func isWellFormed(_ svg: String) -> Bool { XMLParser(data: Data(svg.utf8)).parse() }

    @Test("gradient-check agrees on the built-in data, raw and standardized", arguments: ["float", "double"])
    func gradientCheck(scalar: String) async throws {
        for options in [[], ["--standardize"]] {
            let run = try await Program.run(
                arguments: ["gradient-check", "wdbc", "--samples", "50", "--scalar", scalar] + options)
            #expect(run.code == 0, "\(run.error)")
            #expect(run.output.hasPrefix("m = 50 of 569, n_x = 30, "))
            #expect(run.output.contains("all 31 derivatives agree: the worst is d"))
        }
        let json = try await Program.run(
            "gradient-check", "wdbc", "--samples", "20", "--implementation", "loops.nested", "--json"
        ).output
        let result = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(result["holds"] as? Bool == true)
        #expect((result["elements"] as? [Any])?.count == 31)
        #expect(result["implementation"] as? String == "loops.nested")
    }

    @Test("gradient-check tells where differences say nothing")
    func tooLarge() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("d.csv", "a,y\n1e300,0\n2e300,1\n")
        let run = try await Program.run("gradient-check", path, "--label", "y")
        #expect(run.code == 65)
        #expect(run.output.isEmpty)
        #expect(run.error.contains("use --standardize"))
        #expect(try await Program.run("gradient-check", path, "--label", "y", "--standardize").code == 0)
    }

    @Test("graph shows each value and each derivative, and draws them")
    func graph() async throws {
        let folder = try TemporaryFolder()
        let run = try await Program.run("graph", "--svg", folder.path("g.svg"))
        #expect(run.code == 0)
        for line in [
            "v = a + u = 5 + 6 = 11", "J = 3·v = 3·11 = 33", "db = du·c = 3·2 = 6", "dc = du·b = 3·3 = 9",
        ] {
            #expect(run.output.contains("  \(line)\n"), "\(line)")
        }
        let svg = try folder.text("g.svg")
        for text in ["u = b·c", "du = 3", "dc = 9"] { #expect(svg.contains(">\(text)<")) }
        #expect(isWellFormed(svg))
        let other = try await Program.run("graph", "--svg", folder.path("g.svg"))
        #expect(other.code == 73)
        #expect(other.output.isEmpty)
    }

    @Test("graph takes other values, and goes through a neuron with the same code")
    func neuron() async throws {
        let run = try await Program.run("graph", "--neuron", "--set", "x1=0,x2=0,b=0,y=0")
        #expect(run.output.contains("a = σ(z) = σ(0) = 0.5"))
        #expect(run.output.contains("dz = da·a(1 − a) = 0.5 is a − y = 0.5"))
        let saturated = try await Program.run("graph", "--neuron", "--set", "b=1000,y=0")
        #expect(saturated.output.contains("L = −log(1 − a) = −log(1 − 1) = ∞"))
        #expect(saturated.output.contains("a − y = 1 is one, and is what implementations compute"))
        let json = try await Program.run("graph", "--set", "a=-1", "--json").output
        let nodes = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(nodes.map { $0["value"] as? Double } == [-1, 3, 2, 6, 5, 15])
    }

    @Test(
        "Wrong inputs of a graph are told",
        arguments: [
            ("graph --set d=1", "unknown input 'd'"), ("graph --set a", "expected an input and a number"),
            ("graph --set a=inf", "expected an input and a number"),
            ("graph --set=", "--set is ''; expected an input and a number"),
            ("graph --set a=1,b=2,a=1", "--set names a twice; expected once"),
            ("graph --neuron --set y=2", "y is 2.0; expected 0 or 1"), ("graph --svg=", "--svg is ''"),
            ("losses --svg=", "--svg is ''; expected a folder"), ("losses x", "unexpected argument 'x'"),
            ("gradient-check wdbc --samples 0", "--samples is '0'"),
        ])
    func wrong(line: String, message: String) async throws {
        let run = try await Program.shell("\"$unlooped\" \(line)")
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.contains(message), "\(run.error)")
    }

    @Test("losses has its three lessons, as text, as JSON and as pictures")
    func losses() async throws {
        let folder = try TemporaryFolder()
        let run = try await Program.run("losses", "--svg", folder.path("p"))
        #expect(run.code == 0)
        #expect(run.output.contains("0.5          0.6931              0.6931"))
        #expect(run.output.contains(/17\.0 +1\.0 +inf +17\.0 +-?nan +4\.13\d*e-08/))
        #expect(run.output.contains("convex: no chord between two of the 321 places is below J"))
        #expect(run.output.contains("not convex: between w = "))
        let names = ["loss-convexity.svg", "loss-curves.svg", "loss-saturation.svg"]
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("p")).sorted() == names)
        for name in names { #expect(isWellFormed(try folder.text("p/" + name))) }
        #expect(try await Program.run("losses", "--svg", folder.path("p")).code == 73)
        let json = try await Program.run("losses", "--json").output
        let lessons = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(lessons.count == 3)
    }
}
