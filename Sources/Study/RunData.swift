import DataFiles
import Foundation
import Ladders
import Measurement
import Problems

/// The data set of a run. It is read once for each scalar type, and then waits in a temporary file, from which
/// every block, in whatever process, copies it into memory of its own.
package final class RunData {
    let source: DataSource
    private var places: [ScalarKind: (place: BlockData, m: Int, nx: Int)] = [:]
    private var files: [(descriptor: Int32, path: String?)] = []

    package init(_ source: DataSource) { self.source = source }

    deinit {
        for file in files {
            close(file.descriptor)
            if let path = file.path { unlink(path) }
        }
    }

    package func facts(_ scalar: ScalarKind) throws -> (m: Int, nx: Int, learningRate: Double) {
        func facts<Scalar: LaneScalar>(_: Scalar.Type) throws -> (m: Int, nx: Int, learningRate: Double) {
            let data = try read(Scalar.self)
            return (data.m, data.nx, 1 / (Curvature.greatest(of: data) ?? .infinity))
        }
        return try facts(scalar.type)
    }

    /// Where a block finds the data of `cell`.
    package func place(for cell: Cell) throws -> BlockData {
        func place<Scalar: LaneScalar>(_: Scalar.Type) throws -> BlockData? {
            if places[Scalar.kind] == nil { _ = try read(Scalar.self) }
            guard let (place, m, nx) = places[Scalar.kind], (m, nx) == (cell.m, cell.nx) else { return nil }
            return place
        }
        if let place = try place(cell.scalar.type) { return place }
        let (m, nx) = places[cell.scalar].map { ($0.m, $0.nx) } ?? (0, 0)
        throw InputError(
            "\(source.name): has m = \(m), n_x = \(nx) now; expected \(cell), as when the run was begun")
    }

    /// Reads the data, and sees to it that blocks find them.
    private func read<Scalar: LaneScalar>(_: Scalar.Type) throws -> Dataset<Scalar> {
        let data = try source.read(as: Scalar.self).data
        // What stays in its file may be larger than the memory, and is mapped by every block.
        let place: BlockData =
            data.x.isMapped
            ? .mapped(x: source.name, y: source.labelsPath ?? "") : .copied(from: try keep(data))
        places[Scalar.kind] = (place, data.m, data.nx)
        return data
    }

    /// A file with the data that is gone with this process, however that ends; elsewhere than on Linux, unless it
    /// is killed.
    private func keep<Scalar: RealScalar>(_ data: Dataset<Scalar>) throws(OutputError) -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("unlooped-\(UUID())").path
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let isWritten = descriptor >= 0 && BlockData.write(data, to: descriptor)
        let reason = String(cString: strerror(errno))
        #if os(Linux)
        unlink(path)
        files.append((descriptor, nil))
        #else
        files.append((descriptor, path))
        #endif
        guard isWritten else {
            throw OutputError(
                path: path, reason: "cannot keep the data there: \(reason)",
                advice: "set TMPDIR to a folder with room for them")
        }
        #if os(Linux)
        return "/proc/\(getpid())/fd/\(descriptor)"
        #else
        return path
        #endif
    }
}

/// Where a block finds data that were read before.
package enum BlockData: Codable {
    /// A file with X, sample after sample, then Y, all as in memory.
    case copied(from: String)

    /// NPY files, of which that of X is mapped.
    case mapped(x: String, y: String)

    /// Writes data in the form of `copied`.
    ///
    /// - Returns: false where Ctrl-C was pressed, or an error is in `errno`.
    static func write<Scalar: RealScalar>(_ data: Dataset<Scalar>, to descriptor: Int32) -> Bool {
        for part in [data.x, data.y] {
            guard write(UnsafeRawBufferPointer(part.elements), to: descriptor) else { return false }
        }
        return true
    }

    /// Writes bytes as they are in memory; false in the same cases.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let chunk = UnsafeRawBufferPointer(rebasing: rest)
            let count = Foundation.write(descriptor, chunk.baseAddress, min(rest.count, 16 << 20))
            guard count > 0, !Interrupt.isRequested else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The data of `cell`, in memory of their own unless they are mapped.
    package func dataset<Scalar: RealScalar>(of cell: Cell, _: Scalar.Type) throws -> Dataset<Scalar> {
        switch self {
        case .mapped(let x, let y): return try NPY().read(x: x, y: y, as: Scalar.self).data
        case .copied(let path):
            let x = AlignedBuffer<Scalar>(zeros: cell.values)
            let y = AlignedBuffer<Scalar>(zeros: cell.m)
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            defer { close(descriptor) }
            for part in [x, y] {
                var rest = UnsafeMutableRawBufferPointer(part.elements)[...]
                while !rest.isEmpty {
                    let chunk = UnsafeMutableRawBufferPointer(rebasing: rest)
                    let count = Foundation.read(descriptor, chunk.baseAddress, min(rest.count, 16 << 20))
                    guard count > 0 else {
                        throw InputError("the data of \(cell) are gone: \(String(cString: strerror(errno)))")
                    }
                    rest = rest.dropFirst(count)
                }
            }
            return try Dataset(x: x, y: y, nx: cell.nx)
        }
    }
}
