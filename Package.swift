// swift-tools-version: 6.2
import Foundation
import PackageDescription

// The kernels are compiled for one instruction set, chosen here:
//   UNLOOPED_MARCH=native (the default), x86-64-v2, x86-64-v3 or x86-64-v4.
// Only x86-64 Linux has the choice; elsewhere they are compiled for the baseline of the architecture.
// The executable itself is compiled for the baseline, so that it can look at the
// processor and say in one line what is missing (Benchmarks/unlooped/Console/Processor.swift).
let march = Context.environment["UNLOOPED_MARCH"] ?? "native"

#if arch(x86_64) && os(Linux)
/// What each level of the x86-64 psABI adds, by the names that Linux gives the features.
let levels: [(name: String, adds: [String])] = [
    ("V2", ["cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3"]),
    ("V3", ["abm", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe"]),
    ("V4", ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]),
]

/// The highest level that this machine has in full.
func nativeLevel() -> Int {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
        let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") })
    else { return 1 }
    let flags = Set(line.split(separator: " ").map(String.init))
    return 1 + levels.prefix { flags.isSuperset(of: $0.adds) }.count
}

let level: Int
switch march {
case "native": level = nativeLevel()
case "x86-64-v2": level = 2
case "x86-64-v3": level = 3
case "x86-64-v4": level = 4
default:
    fatalError("UNLOOPED_MARCH is '\(march)'; expected native, x86-64-v2, x86-64-v3 or x86-64-v4")
}
// What the executable checks before it calls a kernel.
let required = levels.prefix(level - 1).map { SwiftSetting.define("REQUIRES_X86_64_\($0.name)") }
let fusedMultiplyAdd = level >= 3
let vectorBytes = level >= 4 ? 64 : level == 3 ? 32 : 16
let codeGeneration: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=\(march)"])]
#else
guard march == "native" else {
    fatalError("UNLOOPED_MARCH is '\(march)'; expected native: only x86-64 Linux has more instruction sets")
}
let required: [SwiftSetting] = []
let codeGeneration: [SwiftSetting] = []
let vectorBytes = 16
#if arch(arm64)
let fusedMultiplyAdd = true  // in the baseline, as vectors are
#else
let fusedMultiplyAdd = false
#endif
#endif

/// Without the instruction a multiply-add is a call of a library function for each lane.
let multiplyAdd: [SwiftSetting] = fusedMultiplyAdd ? [.define("FUSED_MULTIPLY_ADD")] : []

/// How much a vector register holds.
let registers: [SwiftSetting] = [.define("VECTORS_OF_\(vectorBytes)_BYTES")]

let numeric: [SwiftSetting] = codeGeneration + multiplyAdd + registers

let package = Package(
    name: "unlooped",
    platforms: [.macOS("26.0")],  // `InlineArray`, which tiles are made of
    products: [
        .executable(name: "unlooped", targets: ["unlooped"])
    ],
    targets: [
        .target(name: "Problems", swiftSettings: numeric),
        .target(name: "Ladders", dependencies: ["Problems"], swiftSettings: numeric),
        .target(
            name: "Agreement", dependencies: ["Problems"], resources: [.copy("Fixtures")],
            swiftSettings: numeric),
        .target(name: "DataFiles", dependencies: ["Problems"]),
        .target(name: "Measurement", dependencies: ["Problems"], swiftSettings: numeric),
        .target(name: "Reporting", dependencies: ["Problems", "Measurement"]),
        .target(
            name: "Study",
            dependencies: ["Problems", "Ladders", "Agreement", "DataFiles", "Measurement"],
            swiftSettings: required),
        .executableTarget(
            name: "unlooped",
            dependencies: [
                "Problems", "Ladders", "Agreement", "DataFiles", "Measurement", "Reporting", "Study",
            ],
            path: "Benchmarks/unlooped",
            resources: [.copy("Data")],
            swiftSettings: required
        ),
        .testTarget(
            name: "ProblemsTests", dependencies: ["Problems"], exclude: ["Fixtures"]),
        .testTarget(name: "LaddersTests", dependencies: ["Ladders"]),
        .testTarget(name: "AgreementTests", dependencies: ["Agreement", "DataFiles", "Ladders"]),
        .testTarget(name: "DataFilesTests", dependencies: ["DataFiles"]),
        .testTarget(
            name: "MeasurementTests", dependencies: ["Measurement", "Problems", "Ladders"]),
        .testTarget(
            name: "ReportingTests", dependencies: ["Reporting", "Ladders", "Measurement", "Problems"]),
        .testTarget(
            name: "StudyTests", dependencies: ["Study", "DataFiles", "Measurement", "Problems"]),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["unlooped", "DataFiles", "Measurement", "Problems", "Reporting", "Study"]),
    ],
    swiftLanguageModes: [.v6]
)
