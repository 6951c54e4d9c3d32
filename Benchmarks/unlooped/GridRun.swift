import Measurement

/// Times the cells of a grid one after another, and tells how far it is.
struct GridRun {
    private let settings: GridSettings
    private var progress = ProgressLine()

    init(_ settings: GridSettings) { self.settings = settings }

    /// Times all cells; `done` has each as soon as it is there. Ends early at Ctrl-C.
    mutating func cells(_ done: (CellResult) -> Void) throws {
        let cells = settings.grid.cells
        // The closure of the sampler outlives no call, but may not borrow `self`.
        let line = Shared(progress)
        for (i, cell) in cells.enumerated() {
            if Interrupt.isRequested { break }
            let runner = settings.runner { text in
                line.value.update("cell \(i + 1) of \(cells.count): \(text)")
            }
            let result = try runner.run(cell)
            line.value.finish()
            done(result)
        }
        progress = line.value
    }

    /// How the program ends, and why where that is not well.
    func end(of results: Results) -> ExitCode {
        let rejected = results.cells.flatMap { cell in cell.rejected.map { (cell.cell, $0) } }
        for (cell, rung) in rejected {
            let error =
                rung.verdict.map { "\($0.element) is off by \($0.error), the bound is \($0.bound)" } ?? ""
            Terminal.fail("\(rung.rung) disagrees with the reference at \(cell): \(error)")
        }
        if !rejected.isEmpty { return .failure }
        return Interrupt.isRequested ? .interrupted : .success
    }

    /// A value that closures share.
    private final class Shared<Value> {
        var value: Value
        init(_ value: Value) { self.value = value }
    }
}
