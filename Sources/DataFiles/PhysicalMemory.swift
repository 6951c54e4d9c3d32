import Foundation
import Problems

/// The memory of the machine: what is larger is refused, since to ask for it would end the program.
enum PhysicalMemory {
    /// Throws where `bytes` are more than the machine has.
    static func check(bytes: UInt64) throws(FileProblem) {
        guard bytes <= ProcessInfo.processInfo.physicalMemory else { throw .tooLarge(bytes: bytes) }
    }

    /// Zeros for `rows` of `columns` scalars each, where the machine has the memory for them.
    static func zeros<Scalar: RealScalar>(
        rows: Int, columns: Int
    ) throws(FileProblem) -> AlignedBuffer<Scalar> {
        let (count, countOverflows) = rows.multipliedReportingOverflow(by: columns)
        let (bytes, overflows) = count.multipliedReportingOverflow(by: MemoryLayout<Scalar>.stride)
        try check(bytes: countOverflows || overflows ? .max : UInt64(bytes))
        return AlignedBuffer(zeros: count)
    }
}
