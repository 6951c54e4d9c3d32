import DataFiles
import Foundation
import Problems
import Testing

/// The files that the fuzzer starts from, and those it once found something with (Tests/Fuzz).
@Suite("Files that the fuzzer starts from are read, or refused with what is wrong and where")
struct SeedTests {
    static let readers = ["csv", "npy", "idx", "gzip", "netpbm", "model"]

    /// The words of the error of each bad file, after its path.
    static let messages = [
        "csv/empty.csv": ": is empty",
        "csv/header-only.csv": ": has a header but no rows",
        "csv/infinite.csv": ", line 2, column 2 ('b'): found '1e999'",
        "csv/latin-1.csv": ", line 3, byte 2: found 0xF6, which is not UTF-8",
        "csv/mixed-ends.csv": ", line 1: found 'y\\r1', with a line end of CR alone",
        "csv/nan.csv": ", line 3, column 2 ('b'): found 'NaN'",
        "csv/ragged.csv": ", line 3: found 2 fields; expected 3",
        "csv/three-classes.csv": ", line 4, column 3 ('y'): found the label '2'",
        "csv/twice.csv": ", line 1, column 2 ('a'): the name 'a' is that of column 1 too",
        "csv/unterminated.csv": ", line 2, column 2 ('b'): the quoted field that starts here has no end",
        "csv/utf-16.csv": ": looks like UTF-16",
        "csv/words.csv": ", line 4, column 1 ('kind'): found the label 'perhaps'; expected 'yes' or 'no'",
        "csv/zeros.csv": ": looks like UTF-16",
        "csv/zip.csv": ": is a zip archive; unpack it",
        "npy/2-to-the-62-rows.npy": ": has the shape (4611686018427387904, 2), which no file can hold",
        "npy/2-to-the-63-rows.npy": ": has a broken header: its shape has the length 9223372036854775808",
        "npy/empty.npy": ": is no NPY file",
        "npy/goes-on.npy": ": goes on for 4 bytes",
        "npy/long-header.npy": ": has a broken header: it is to have 4294967295 bytes",
        "npy/nan.npy": ": feature 0 of sample 2 is nan",
        "npy/no-rows.npy": ": has the shape (0, 2), and so no values",
        "npy/objects.npy": ": holds elements of type '|O'",
        "npy/pickled.npy": ": is no NPY file",
        "npy/promises-more.npy": ": ends after 24 bytes of the array; expected 8000",
        "npy/records.npy": ": holds elements of type 'records'",
        "npy/three-dimensions.npy": ": has the shape (1, 2, 3); expected two dimensions",
        "npy/unknown-type.npy": ": holds elements of type '<c16'",
        "npy/version-9.npy": ": is an NPY file of version 9.0",
        "idx/dimensions.idx": ": has 0 bytes of values",
        "idx/empty.idx": ": is no IDX file",
        "idx/floats.idx": ": holds elements of type 0xd",
        "idx/huge.idx": ": is to hold 4294967295 × 4294967295 × 4294967295 values",
        "idx/labels.idx": ": has 1 dimension; expected images",
        "idx/no-pixels.idx": ": holds 4 × 0 × 3 values",
        "idx/promises-more.idx": ": has 24 bytes of values; expected 47040000",
        "gzip/bomb.gz": ": is no IDX file",
        "gzip/cut.gz": ": cannot be unpacked: gzip: ",
        "gzip/damaged.gz": ": cannot be unpacked: gzip: ",
        "gzip/start.gz": ": cannot be unpacked: gzip: ",
        "netpbm/above-greatest.pgm": ": has the value 8; expected at most 7",
        "netpbm/beyond-31-bits.pgm": ": has a broken header",
        "netpbm/comment.pgm": ": has a broken header",
        "netpbm/empty.pgm": ": is no Netpbm image",
        "netpbm/greatest.pgm": ": has the greatest value 65536",
        "netpbm/huge.ppm": ": has 30 bytes of pixels",
        "netpbm/no-pixels.pgm": ": is 0 × 2",
        "netpbm/promises-more.ppm": ": has 30 bytes of pixels; expected 36000000",
        "netpbm/text.pgm": ": has something other than decimal numbers for pixels",
        "model/another-count.json": ": features has 3 entries; expected 2",
        "model/beyond-int.json": ": a number is out of range",
        "model/cut.json": ": is no complete JSON",
        "model/data.csv": ": is no complete JSON",
        "model/deep.json": ": is no complete JSON",
        "model/deepest.json": ": is no complete JSON",
        "model/empty.json": ": is empty",
        "model/infinite.json": ": a number is out of range",
        "model/nan.json": ": is no complete JSON",
        "model/negative-deviation.json": ": standardization.deviations[1] is below 0",
        "model/other.json": ": holds no model",
        "model/version.json": ": has version 9 of the format; expected 1 or 2",
        "model/65-layers.json": ": network.hidden has 64 entries; expected 1 to 63",
        "model/activation.json": ": network.activation cannot be understood",
        "model/flat-layer.json": ": parameters.W1[1] is not what was expected",
        "model/infinite-weight.json": ": a number is out of range",
        "model/no-layer.json": ": parameters.W3 is of no layer; expected W1 to b2",
        "model/no-units.json": ": network.hidden[0] is 0; expected 1 to 1000000 units",
        "model/ragged-layer.json": ": parameters.W1[1] has 1 entry; expected 2, one for each feature",
        "model/short-bias.json": ": parameters.b1 has 2 entries; expected 3, one for each unit of the layer",
        "model/wide-layer.json": ": network.hidden[0] is 1000000000; expected 1 to 1000000 units",
    ]

    /// The seeds of a reader that are good, or that are bad.
    static func seeds(_ reader: String, _ kind: String) throws -> [URL] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fuzz/Seeds/\(reader)/\(kind)")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    }

    /// Reads a file, an image in a folder of its own; the number of values.
    func read(_ reader: String, _ file: URL) throws -> Int {
        switch reader {
        case "csv" where ["words.csv", "latin-1.csv"].contains(file.lastPathComponent):
            return try CSV(label: .name("kind"), words: .init(positive: "yes"), separator: .semicolon)
                .read(file.path, as: Double.self).data.x.count
        case "csv": return try CSV(label: .name("y")).read(file.path, as: Float.self).data.x.count
        case "npy": return try NPY().readSamples(file.path, as: Float.self).x.count
        case "idx", "gzip": return try IDX.readSamples(images: file.path, as: Double.self).x.count
        case "model": return try TrainedModel(contentsOf: file.path).model.parameters.count
        default:
            let folder = try TemporaryFolder()
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder.path)/\(file.lastPathComponent)", withDestinationPath: file.path)
            return try Netpbm.readSamples(folder.path, as: Float.self).x.count
        }
    }

    @Test("Good files are read", arguments: readers)
    func good(reader: String) throws {
        let seeds = try Self.seeds(reader, "good")
        #expect(seeds.count > 1)
        for seed in seeds { #expect(try read(reader, seed) > 0, "\(seed.path)") }
    }

    @Test("Bad files are refused, with the file, the place, and what is wrong", arguments: readers)
    func bad(reader: String) throws {
        let seeds = try Self.seeds(reader, "bad")
        let expected = Self.messages.keys.filter { $0.hasPrefix("\(reader)/") }
        #expect(Set(seeds.map { "\(reader)/\($0.lastPathComponent)" }) == Set(expected))
        for seed in seeds {
            let error = #expect(throws: (any Error).self) { try read(reader, seed) }
            let message = Self.messages["\(reader)/\(seed.lastPathComponent)"] ?? ""
            let found = error.map { "\($0)" } ?? ""
            #expect(found.contains("/" + seed.lastPathComponent + message), "\(found)")
            #expect(!found.contains("\n"))
        }
    }
}
