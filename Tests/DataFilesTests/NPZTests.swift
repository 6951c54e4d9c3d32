import DataFiles
import Foundation
import Problems
import Testing

@Suite("Arrays of an .npz archive are read by their names")
struct NPZTests {
    // numpy.savez and savez_compressed of X = [[1, 2], [3, 4.5]] as float32 and y = [0, 1] as uint8, by NumPy 2.
    static let archives = [
        "UEsDBC0AAAAAAAAAIQAf6eI///////////8FABQAWC5ucHkBABAAkAAAAAAAAACQAAAAAAAAAJNOVU1QWQEAdgB7"
            + "J2Rlc2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCAyKSwgfSAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAACAPwAAAEAAAEBAAACQ"
            + "QFBLAwQtAAAAAAAAACEAmWJ33///////////BQAUAHkubnB5AQAQAIIAAAAAAAAAggAAAAAAAACTTlVNUFkBAHYA"
            + "eydkZXNjcic6ICd8dTEnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwpLCB9ICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgABUEsBAi0DLQAAAAAA"
            + "AAAhAB/p4j+QAAAAkAAAAAUAAAAAAAAAAAAAAIABAAAAAFgubnB5UEsBAi0DLQAAAAAAAAAhAJlid9+CAAAAggAA"
            + "AAUAAAAAAAAAAAAAAIABxwAAAHkubnB5UEsFBgAAAAACAAIAZgAAAIABAAAAAA==",
        "UEsDBC0AAAAIAAAAIQAf6eI///////////8FABQAWC5ucHkBABAAkAAAAAAAAABTAAAAAAAAAJvsF+obEMnIUMZQ"
            + "rZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CkaaOgq1CmQDLgaGBnsGBgYH"
            + "IALiCQ4AUEsDBC0AAAAIAAAAIQCZYnff//////////8FABQAeS5ucHkBABAAggAAAAAAAABGAAAAAAAAAJvsF+ob"
            + "EMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC4GRgBQ"
            + "SwECLQMtAAAACAAAACEAH+niP1MAAACQAAAABQAAAAAAAAAAAAAAgAEAAAAAWC5ucHlQSwECLQMtAAAACAAAACEA"
            + "mWJ330YAAACCAAAABQAAAAAAAAAAAAAAgAGKAAAAeS5ucHlQSwUGAAAAAAIAAgBmAAAABwEAAAAA",
    ]

    func write(_ text: String) throws -> (folder: TemporaryFolder, path: String, bytes: [UInt8]) {
        let folder = try TemporaryFolder()
        let bytes = Array(try #require(Data(base64Encoded: text)))
        return (folder, try folder.file("a.npz", bytes), bytes)
    }

    func message(_ path: String) throws -> String {
        "\(try #require(throws: FileError.self) { try NPY().readSamples(path, as: Double.self) })".replacing(
            path.split(separator: ":")[0], with: "P")
    }

    @Test("Stored and compressed arrays are as those of NPY files", arguments: archives)
    func arrays(text: String) throws {
        let (folder, path, _) = try write(text)
        let table: LabelledTable<Double> = try NPY().read(x: path + ":X", y: path + ":y")
        #expect(table.data.x.values == [1, 2, 3, 4.5] && table.data.y.values == [0, 1])
        #expect(DataFormat.of(path + ":X") == .npy)
        #expect(try message(path + ":Z") == "P: has no array 'Z'; it has 'X', 'y'")
        let whole = try message(path)
        #expect(
            whole.hasPrefix("P: is an .npz archive of NumPy; name an array of it")
                && whole.hasSuffix("it has X, y"))
        withExtendedLifetime(folder) {}
    }

    @Test(
        "An archive that is cut or changed anywhere is an error or the same, and never traps",
        arguments: archives)
    func damaged(text: String) throws {
        let (folder, path, bytes) = try write(text)
        for count in stride(from: 0, to: bytes.count, by: 7) {
            try folder.file("a.npz", Array(bytes.prefix(count)))
            #expect(try message(path + ":X").hasPrefix("P"))
        }
        for place in stride(from: 0, to: bytes.count, by: 5) {
            var changed = bytes
            changed[place] ^= 0xFF
            try folder.file("a.npz", changed)
            _ = try? NPY().readSamples(path + ":X", as: Double.self)
        }
    }
}
