import Problems

/// The cells of a study: every m with every n_x, network, scalar type and number of threads.
package struct Grid: Sendable, Equatable {
    /// The cells: scalar by scalar, then by threads, network, n_x and m, in the order that was given.
    package let cells: [Cell]

    /// A grid over lists of which none is empty or names a value twice.
    ///
    /// Nothing is allocated; `checkMemory` finds out whether the cells fit into memory.
    ///
    /// - Parameter networks: logistic regression where not given.
    package init(
        m: [Int], nx: [Int], networks: [Network] = [.logistic], scalars: [ScalarKind], threads: [Int]
    ) throws(GridError) {
        for (axis, values) in [("m", m), ("n_x", nx), ("threads", threads)] {
            guard !values.isEmpty else { throw .empty(axis: axis) }
            if let value = values.first(where: { $0 < 1 }) { throw .notPositive(axis: axis, value: value) }
            var seen: Set<Int> = []
            for value in values where !seen.insert(value).inserted {
                throw .duplicate(axis: axis, value: "\(value)")
            }
        }
        guard let first = scalars.first else { throw .empty(axis: "scalar") }
        guard Set(networks).count == networks.count else {
            let twice = networks.first { network in networks.count { $0 == network } > 1 }?.hidden ?? []
            throw .duplicate(axis: "hidden", value: twice.map(String.init).joined(separator: ","))
        }
        guard Set(scalars).count == scalars.count else {
            throw .duplicate(axis: "scalar", value: first.rawValue)
        }
        let shapes = networks.flatMap { network in
            nx.flatMap { nx in m.map { (m: $0, nx: nx, network: network) } }
        }
        cells = scalars.flatMap { scalar in
            threads.flatMap { threads in
                shapes.map {
                    Cell(m: $0.m, nx: $0.nx, network: $0.network, scalar: scalar, threads: threads)
                }
            }
        }
    }

    /// A grid of cells that were checked before.
    package init(cells: [Cell]) { self.cells = cells }

    /// Makes sure that every cell fits into memory.
    ///
    /// - Parameter bytesNeeded: the memory for timing a cell: data, and what implementations prepare.
    package func checkMemory(
        availableBytes: Int = Memory.availableBytes, _ bytesNeeded: (Cell) -> Int
    ) throws(GridError) {
        let needs = cells.map { ($0, bytesNeeded($0)) }
        guard let (cell, bytes) = needs.max(by: { $0.1 < $1.1 }), bytes > availableBytes else { return }
        throw .memory(cell: cell, neededBytes: bytes, availableBytes: availableBytes)
    }

    /// The grid with only those cells for which `isWanted` is true.
    package func keeping(_ isWanted: (Cell) -> Bool) -> Grid { Grid(cells: cells.filter(isWanted)) }

    /// The cells of two grids, first those of this one, each cell once.
    package func joined(with other: Grid) -> Grid {
        Grid(cells: cells + other.cells.filter { !cells.contains($0) })
    }
}

/// A grid that cannot be timed.
package enum GridError: Error, Equatable {
    case empty(axis: String)
    case notPositive(axis: String, value: Int)
    case duplicate(axis: String, value: String)
    /// A cell that needs more memory than there is.
    case memory(cell: Cell, neededBytes: Int, availableBytes: Int)
}

extension GridError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty(let axis): "\(axis) has no value; expected at least one"
        case .notPositive(let axis, let value): "\(axis) is \(value); expected 1 or greater"
        case .duplicate(let axis, let value): "\(axis) names \(value) twice; expected each value once"
        case .memory(let cell, let needed, let available):
            """
            the cell \(cell) needs \(ByteCount(needed)) of memory \
            (the data and what the implementations prepare) and \(ByteCount(available)) are available; \
            choose a smaller m or n_x\(cell.hidden.isEmpty ? "" : ", or fewer units")
            """
        }
    }
}
