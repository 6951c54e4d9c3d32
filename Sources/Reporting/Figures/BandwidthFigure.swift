import Measurement

/// How fast memory is read, by how much of it is read again and again: the caches are steps.
struct BandwidthFigure {
    private let bandwidths: [Ceilings.Bandwidth]
    private let threads: [Int]
    private let caches: [Machine.Cache]

    /// Nil where it was not measured.
    init?(_ results: Results) {
        bandwidths = (results.ceilings?.bandwidths ?? []).filter {
            $0.workingSetBytes > 0 && $0.bytesPerSecond > 0 && $0.bytesPerSecond.isFinite
        }
        guard !bandwidths.isEmpty else { return nil }
        threads = Set(bandwidths.map { $0.threads }).sorted()
        caches = results.machine.dataCaches
    }

    /// The figure.
    var figure: Figure? {
        guard let chart else { return nil }
        let title = "How fast this machine reads"
        let description = threads.map { threads in
            let rates = bandwidths.filter { $0.threads == threads }
            let ends = [rates.first, rates.last].compactMap(\.self).map {
                "\(Figures.three($0.bytesPerSecond / 1e9)) GB/s of \(Figures.binary($0.workingSetBytes))"
            }
            return "\(Captions.threads(threads)): \(ends.joined(separator: ", "))."
        }.joined(separator: " ")
        return Figure(
            id: "bandwidth", title: title, description: description,
            svg: chart.svg(id: "bandwidth", title: title, description: description), table: table)
    }

    private var chart: XYChart? {
        let looks = [Look(.blue, .circle), Look(.ochre, .square, .long), Look(.green, .triangle, .short)]
        let series = threads.enumerated().map { i, threads in
            Series(
                Captions.threads(threads), looks[i % looks.count], .strong,
                bandwidths.filter { $0.threads == threads }.map { bandwidth in
                    Series.Point(
                        Double(bandwidth.workingSetBytes), bandwidth.bytesPerSecond / 1e9,
                        tooltip:
                            "\(Captions.threads(threads)), \(Figures.binary(bandwidth.workingSetBytes)): "
                            + "\(Figures.three(bandwidth.bytesPerSecond / 1e9)) GB/s")
                })
        }
        guard let x = Scale.logarithmic(bandwidths.map { Double($0.workingSetBytes) }, base: 2),
            let y = Scale.logarithmic(bandwidths.map { $0.bytesPerSecond / 1e9 })
        else { return nil }
        return XYChart(
            note: "Greatest rates seen; dotted: the caches that one processor sees",
            x: Axis("working set, shared by all threads", x, .bytes),
            y: Axis("GB/s, by all threads together", y, .number), style: .lines, series: series,
            places: caches.map {
                XYChart.Place(
                    Double($0.bytes), "L\($0.level)", tooltip: "L\($0.level): \(Figures.binary($0.bytes))")
            })
    }

    private var table: DataTable {
        let sizes = Set(bandwidths.map { $0.workingSetBytes }).sorted()
        return DataTable(
            ["working set"] + threads.map { "GB/s, \(Captions.threads($0))" },
            sizes.map { size in
                [Figures.binary(size)]
                    + threads.map { threads in
                        bandwidths.first { $0.threads == threads && $0.workingSetBytes == size }
                            .map { Figures.three($0.bytesPerSecond / 1e9) } ?? "–"
                    }
            })
    }
}
