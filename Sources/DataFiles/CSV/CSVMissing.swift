import Problems

// Missing values: they are read as NaN, and settled once all rows are read.

extension CSVReader {
    /// Leaves out rows, or fills in means, as the rules have it.
    ///
    /// - Parameter notes: takes a line that says so, and for which columns.
    /// - Returns: the places in X that were filled in.
    func settleMissing<Scalar: RealScalar>(
        _ values: inout CSVValues<Scalar>, _ columns: CSVColumns, _ notes: inout [String]
    ) throws(FileError) -> [Int] {
        guard let rule = format.rules.missing else { return [] }
        let (x, y, nx) = (values.x, values.y, columns.features.count)
        if let means = format.rules.means, means.count != nx {
            throw FileError(
                file,
                "has \(nx) \(nx == 1 ? "feature" : "features"); expected \(means.count), as the model has")
        }
        let missing = x.elements.indices.filter { x.base[$0].isNaN }
        let samples = values.x.count / nx
        let broken = Set(missing.map { $0 / nx }).union((0..<samples).filter { y.base[$0].isNaN })
        guard !broken.isEmpty else { return [] }
        let counts = columns.countsOfMissing(in: values)
        switch rule {
        case .drop:
            let kept = (0..<samples).filter { !broken.contains($0) }
            guard !kept.isEmpty else {
                throw FileError(file, "has a missing value in every row (\(counts)); leave such columns out")
            }
            let rows = AlignedBuffer<Scalar>(zeros: kept.count * nx)
            for (i, row) in kept.enumerated() {
                (rows.base + i * nx).update(from: x.base + row * nx, count: nx)
            }
            (values.x, values.y) = (rows, AlignedBuffer(kept.map { y.base[$0] }))
            if !values.ids.isEmpty { values.ids = kept.map { values.ids[$0] } }
            notes.append("left out: \(broken.count) of \(samples) rows, with missing values (\(counts))")
            return []
        case .mean:
            let means: [Double?] =
                format.rules.means ?? x.means(nx: nx, of: Array(0..<samples), without: Set(missing))
            for place in missing {
                guard let mean = means[place % nx] else {
                    throw FileError(
                        file,
                        "column '\(columns.names[columns.columnsOfFeatures[place % nx]].shown)' has no value at "
                            + "all, and so no mean; leave it out")
                }
                x.base[place] = Scalar(mean)
            }
            notes.append("filled in: missing values, by the mean of their column (\(counts))")
            return missing
        }
    }
}

extension CSVColumns {
    /// How many values are missing by column, as in "3 of 100 in 'age', 1 in 'dose'"; empty where none is.
    func countsOfMissing<Scalar: RealScalar>(in values: CSVValues<Scalar>) -> String {
        let owners = columnsOfFeatures
        // Of the features of a word all are missing or none.
        let firsts = owners.indices.filter { $0 == 0 || owners[$0] != owners[$0 - 1] }
        let samples = values.x.count / owners.count
        var counts = firsts.map { j in
            (owners[j], (0..<samples).count { values.x.base[$0 * owners.count + j].isNaN })
        }
        if let label { counts.append((label, values.y.elements.count(where: \.isNaN))) }
        counts = counts.filter { $0.1 > 0 }.sorted { $0.0 < $1.0 }
        let list = counts.prefix(10).enumerated().map { place, count in
            "\(count.1)\(place == 0 ? " of \(samples)" : "") in '\(names[count.0].shown)'"
        }
        return list.joined(separator: ", ") + (counts.count > 10 ? " and in \(counts.count - 10) more" : "")
    }
}

extension AlignedBuffer {
    /// The mean of each feature over some samples; nil where it has no value among them.
    ///
    /// - Parameter missing: places in X that do not count.
    func means(nx: Int, of samples: [Int], without missing: Set<Int>) -> [Double?] {
        (0..<nx).map { j in
            let places = samples.map { $0 * nx + j }.filter { !missing.contains($0) }
            // Each is divided first, since the sum may be beyond the greatest `Double`.
            return places.isEmpty ? nil : places.reduce(0) { $0 + Double(base[$1]) / Double(places.count) }
        }
    }
}

extension LabelledTable {
    /// The mean of each feature over some samples, missing values left out; those take it from now on.
    ///
    /// - Throws: `FileError` where a feature has no value among them.
    package func fillMissing(byMeansOf samples: [Int], file: String) throws(FileError) -> [Double] {
        let nx = data.nx
        var means: [Double] = []
        for (j, mean) in data.x.means(nx: nx, of: samples, without: Set(missing)).enumerated() {
            guard let mean else {
                throw FileError(
                    file,
                    "'\(names.features[j].shown)' has no value in the samples for training; leave it out")
            }
            means.append(mean)
        }
        for place in missing { data.x.base[place] = Scalar(means[place % nx]) }
        return means
    }
}
