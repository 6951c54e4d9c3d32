import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("gradient-check and lesson explain")
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

    @Test("gradient-check goes through a network, and says which of many derivatives it drew")
    func networkGradientCheck() async throws {
        let all = try await Program.run(
            "gradient-check", "wdbc", "--standardize", "--samples", "4", "--hidden", "2", "--implementation",
            "loops.nested")
        #expect(all.code == 0, "\(all.error)")
        #expect(all.output.hasPrefix("m = 4 of 569, n_x = 30, 30-2-1 with relu, loops.nested, double, J = "))
        #expect(all.output.contains("all 65 derivatives agree: the worst is d"), "\(all.output)")
        let some = try await Program.run(
            "gradient-check", "wdbc", "--standardize", "--samples", "2", "--hidden", "1500,2", "--activation",
            "tanh", "--implementation", "loops.sample", "--scalar", "float", "--json")
        #expect(some.code == 0, "\(some.error)")
        let result = try #require(
            try JSONSerialization.jsonObject(with: Data(some.output.utf8)) as? [String: Any])
        #expect(result["derivatives"] as? Int == 49_505 && result["skipped"] as? Int == 0)
        let elements = try #require(result["elements"] as? [[String: Any]]).map {
            $0["element"] as? String ?? ""
        }
        for name in ["dW1[", "db1[", "dW2[", "db2[", "dW3[", "db3"] {
            #expect(elements.contains { $0.hasPrefix(name) }, "\(name)")
        }
        #expect(elements.count < 1000)
        for (words, message) in [
            (["--hidden", "0"], "--hidden is '0'"), (["--activation", "tanh"], "give --hidden too"),
        ] {
            let run = try await Program.run(arguments: ["gradient-check", "wdbc"] + words)
            #expect(run.code == 64 && run.error.contains(message))
        }
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

    @Test("lesson lists the lessons, and each one says its answer in 80 columns and draws it")
    func lessons() async throws {
        let folder = try TemporaryFolder()
        let list = try await Program.run("lesson")
        #expect(list.code == 0)
        let names = list.output.matches(of: /(?m)^  ([a-z]+) +.*\?$/).map { String($0.output.1) }
        #expect(names.first == "sigmoid" && names.last == "depth" && names.count == 12)
        for name in names {
            let run = try await Program.run("lesson", name, "--svg", folder.path("p/\(name).svg"))
            #expect(run.code == 0 && run.error.isEmpty, "\(name): \(run.error)")
            let long = (list.output + run.output).split(separator: "\n").filter { $0.count > 80 }
            #expect(long.isEmpty, "\(name): \(long)")
            #expect(isWellFormed(try folder.text("p/\(name).svg")))
        }
        let again = try await Program.run("lesson", "graph", "--svg", folder.path("p/graph.svg"))
        #expect(again.code == 73 && again.output.isEmpty)
        #expect(
            try await Program.run("lesson", "graph", "--svg", folder.path("p/graph.svg"), "--force").code == 0
        )
    }

    @Test("A lesson takes other values of its inputs")
    func inputs() async throws {
        let graph = try await Program.run("lesson", "graph", "--set", "a=-1")
        #expect(graph.output.contains("  v = a + u = −1 + 6 = 5\n"))
        let neuron = try await Program.run("lesson", "neuron", "--set", "x1=0,x2=0,b=0,y=0")
        #expect(
            neuron.output.contains("  a = σ(z) = σ(0) = 0.5\n")
                && neuron.output.contains("  y = 0, the label"))
        // Numbers as long as they can be.
        let long = try await Program.run(
            "lesson", "neuron", "--set",
            "x1=-1.23456e-5,x2=-1.23456e-5,w1=-1.23456e-5,w2=1.23456e-5,b=-1.23456e-5")
        #expect(
            long.code == 0 && long.output.split(separator: "\n").allSatisfy { $0.count <= 80 },
            "\(long.output)")
    }

    @Test(
        "Wrong arguments of a lesson are told",
        arguments: [
            ("lesson grph", "unknown lesson 'grph'; did you mean 'graph'?"),
            ("lesson graph neuron", "unexpected argument 'neuron'"), ("lesson ''", "NAME is ''"),
            ("lesson --svg x.svg", "NAME is missing: --svg is for one lesson"),
            ("lesson --set a=1", "NAME is missing: --set is for one lesson"),
            ("lesson graph --set d=1", "unknown input 'd'"),
            ("lesson graph --set a", "expected an input and a number"),
            ("lesson graph --set a=inf", "expected an input and a number"),
            ("lesson graph --set=", "--set is ''; expected an input and a number"),
            ("lesson graph --set a=1,b=2,a=1", "--set names a twice; expected once"),
            ("lesson neuron --set y=2", "y is 2.0; expected 0 or 1"),
            ("lesson depth --set a=1", "--set is for lessons with inputs, graph and neuron"),
            ("lesson graph --svg=", "--svg is ''"), ("graph", "unknown verb 'graph'"),
            ("gradient-check wdbc --samples 0", "--samples is '0'"),
        ])
    func wrong(line: String, message: String) async throws {
        let run = try await Program.shell("\"$unlooped\" \(line)")
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.contains(message), "\(run.error)")
    }
}
