/// Vectors that fill one register of what this module is compiled for: a ceiling shows only where each
/// operation is one instruction.
///
/// Package.swift knows how much a register holds. Where that is 16 bytes, as in the baselines of x86-64
/// and arm64, it need not say so.
enum RegisterVector {
    #if VECTORS_OF_64_BYTES
    typealias Words = SIMD8<UInt64>
    typealias Floats = SIMD16<Float>
    typealias Doubles = SIMD8<Double>
    #elseif VECTORS_OF_32_BYTES
    typealias Words = SIMD4<UInt64>
    typealias Floats = SIMD8<Float>
    typealias Doubles = SIMD4<Double>
    #else
    typealias Words = SIMD2<UInt64>
    typealias Floats = SIMD4<Float>
    typealias Doubles = SIMD2<Double>
    #endif
}
