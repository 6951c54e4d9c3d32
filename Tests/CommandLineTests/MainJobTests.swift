import Foundation
import Reporting
import Study
import Testing

@Suite("The main job judges, times, trains and reports")
struct MainJobTests {
    @Test("The main job writes the report, with training in it")
    func study() async throws {
        let folder = try TemporaryFolder()
        let run = try await Program.shell(
            "\"$unlooped\" \(BenchTests.tiny.joined(separator: " ")) --scalar float --iterations 5 "
                + "--only loops.flat,simd.fused --out \(folder.path("out"))")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.hasPrefix("The fastest version, "))
        #expect(run.output.contains("The report is in "))
        #expect(try folder.text("out/report.md").contains("<strong>Training.</strong>"))
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")))
        #expect(names.isSuperset(of: BenchTests.files.union(["results.json", "training.svg"])))
        #expect(names.subtracting(Report.fileNames) == ["results.json"])
    }
}
