import Foundation
import Problems

/// An image in a Netpbm format: P5 (grey) or P6 (red, green, blue), or P2 or P3, the same as text.
///
/// The formats are those of the manual pages pgm(5) and ppm(5): the magic, width, height and the greatest
/// value, as decimal numbers between blanks and comments, one blank, and then row by row the pixels, the
/// channels of each next to each other; where the greatest value is above 255, each takes two bytes, the higher
/// first. As text they are decimal numbers between blanks.
struct NetpbmImage {
    let size: ImageSize
    private let greatest: Int
    private let values: Data

    /// Whether a file that starts so is an image.
    static func isOne(_ start: [UInt8]) -> Bool {
        guard start.count > 3, start[0] == 0x50, (0x31...0x37).contains(start[1]) else { return false }
        // Text may begin like that too, but not go on with a number or a comment.
        guard NetpbmHeader.isBlank(start[2]) || start[2] == 0x23 else { return false }
        let next = start.dropFirst(2).first { !NetpbmHeader.isBlank($0) } ?? 0
        return next == 0x23 || start[1] == 0x37 || (0x30...0x39).contains(next)
    }

    /// Takes the contents of a file apart, and checks that it is as long as its header says.
    init(_ contents: Data, of file: String) throws(FileError) {
        var header = NetpbmHeader(contents)
        let (channels, isText): (Int, Bool)
        switch (header.next(), header.next()) {
        case (0x50, 0x32): (channels, isText) = (1, true)
        case (0x50, 0x33): (channels, isText) = (3, true)
        case (0x50, 0x35): (channels, isText) = (1, false)
        case (0x50, 0x36): (channels, isText) = (3, false)
        case (0x50, let digit?) where "147".utf8.contains(digit):
            throw FileError(
                file,
                "is a Netpbm image of the format P\(UnicodeScalar(digit)); expected P2, P3, P5 or P6: convert it"
            )
        default: throw FileError(file, "is no Netpbm image; expected P5 (.pgm) or P6 (.ppm)")
        }
        guard let width = header.number(), let height = header.number(), let greatest = header.number(),
            isText || header.next().map(NetpbmHeader.isBlank) == true
        else {
            throw FileError(
                file,
                "has a broken header; expected width, height and greatest value, as numbers, and one blank")
        }
        guard width > 0, height > 0 else {
            throw FileError(file, "is \(width) × \(height); expected at least one pixel")
        }
        guard (1...65_535).contains(greatest) else {
            throw FileError(file, "has the greatest value \(greatest); expected 1 to 65535")
        }
        // The numbers are below 2³¹, so that only the last of the products can be too large.
        let row = width * channels * (greatest < 256 ? 1 : 2)
        let (bytes, overflows) = row.multipliedReportingOverflow(by: height)
        values = isText ? try header.values(width, height, channels, greatest, of: file) : header.rest
        guard !overflows, values.count == bytes else {
            throw FileError(
                file,
                "has \(values.count) bytes of pixels\(isText ? ", written as numbers" : ""); expected \(overflows ? .max : bytes): "
                    + "copy or convert it again")
        }
        size = ImageSize(width: width, height: height, channels: channels)
        self.greatest = greatest
        if let value = firstBeyondGreatest() {
            throw FileError(
                file, "has the value \(value); expected at most \(greatest), the greatest by its header")
        }
    }

    /// Writes the values, scaled to 0...1, channel by channel and each row by row.
    ///
    /// - Parameter x: takes n_x = width · height · channels values.
    func unroll<Scalar: RealScalar>(into x: UnsafeMutablePointer<Scalar>) {
        let pixels = size.width * size.height
        values.withUnsafeBytes { bytes in
            for channel in 0..<size.channels {
                for pixel in 0..<pixels {
                    let value = value(pixel * size.channels + channel, bytes)
                    x[channel * pixels + pixel] = Scalar(value) / Scalar(greatest)
                }
            }
        }
    }

    private func value(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
        greatest < 256 ? Int(bytes[index]) : Int(bytes[2 * index]) << 8 | Int(bytes[2 * index + 1])
    }

    private func firstBeyondGreatest() -> Int? {
        guard greatest != 255, greatest != 65_535 else { return nil }
        return values.withUnsafeBytes { bytes in
            (0..<size.count).lazy.map { value($0, bytes) }.first { $0 > greatest }
        }
    }
}

/// The size that all images of a data set share.
struct ImageSize: Equatable, CustomStringConvertible {
    /// Pixels in a row.
    let width: Int
    /// Rows.
    let height: Int
    /// 1 for grey, 3 for red, green and blue.
    let channels: Int

    /// n_x: values in an image.
    var count: Int { width * height * channels }

    /// As in "64 × 48, colour".
    var description: String { "\(width) × \(height), \(channels == 1 ? "grey" : "colour")" }
}

/// The text at the start of a Netpbm file, taken piece by piece.
private struct NetpbmHeader {
    private let contents: Data
    private var position: Data.Index

    init(_ contents: Data) { (self.contents, position) = (contents, contents.startIndex) }

    /// The bytes that were not taken yet.
    var rest: Data { contents[position...] }

    mutating func next() -> UInt8? {
        guard position < contents.endIndex else { return nil }
        defer { position += 1 }
        return contents[position]
    }

    /// Takes blanks and comments, at least one of them, and the number after them; nil where there is
    /// none, or one of 2³¹ or more.
    mutating func number() -> Int? {
        guard let first = peek, Self.isBlank(first) || first == Self.hash else { return nil }
        _ = skipBlanks()
        return digits()
    }

    /// Steps over blanks and comments; false where nothing follows.
    private mutating func skipBlanks() -> Bool {
        while let byte = peek, Self.isBlank(byte) || byte == Self.hash {
            position += 1
            guard byte == Self.hash else { continue }
            while let byte = next(), byte != 0x0A, byte != 0x0D {}
        }
        return peek != nil
    }

    /// Takes a number; nil where there is none, or one of 2³¹ or more.
    private mutating func digits() -> Int? {
        var number: Int?
        while let byte = peek, case let digit = byte &- 0x30, digit < 10 {
            number = (number ?? 0) * 10 + Int(digit)
            guard number ?? 0 < 1 << 31 else { return nil }
            position += 1
        }
        return number
    }

    /// Takes all values of an image that is text, and makes them bytes as those of the other formats.
    mutating func values(
        _ width: Int, _ height: Int, _ channels: Int, _ greatest: Int, of file: String
    ) throws(FileError) -> Data {
        var bytes = Data()
        while skipBlanks() {
            guard let value = digits() else {
                throw FileError(
                    file, "has something other than decimal numbers for pixels; expected them alone")
            }
            guard value <= greatest else {
                throw FileError(
                    file, "has the value \(value); expected at most \(greatest), the greatest by its header")
            }
            if greatest > 255 { bytes.append(UInt8(value >> 8)) }
            bytes.append(UInt8(value & 0xFF))
        }
        return bytes
    }

    private var peek: UInt8? { position < contents.endIndex ? contents[position] : nil }

    /// Whether a byte is white space, as C's isspace has it.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static var hash: UInt8 { 0x23 }
}
