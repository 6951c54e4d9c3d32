import Foundation

/// A PNG or JPEG image that a program of the system makes a Netpbm image of.
enum ImageConversion {
    /// Whether it is grey.
    case png(isGrey: Bool)
    case jpeg

    /// The format of a file that starts so; nil where it is neither.
    init?(_ start: [UInt8]) {
        if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            // The type of colour is at byte 25: 0 is grey, 4 grey with transparency.
            self = .png(isGrey: start.count > 25 && [0, 4].contains(start[25]))
        } else if start.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else {
            return nil
        }
    }

    /// The image as P5 or P6, by Netpbm, libjpeg or ImageMagick.
    func converted(_ file: borrowing OpenFile) throws(FileError) -> Data {
        switch self {
        case .png(let isGrey):
            let format = isGrey ? "pgm:-" : "ppm:-"
            return try file.descriptor.output(
                of: [
                    ["pngtopnm"],
                    ["pngtopam"],
                    ["magick", "png:-", format],
                    ["convert", "png:-", format],
                ], "converted",
                orSay:
                    "is a PNG image, which takes Netpbm's pngtopnm or ImageMagick; install one of them, or convert "
                    + "the image to .pgm or .ppm")
        case .jpeg:
            return try file.descriptor.output(
                of: [
                    ["djpeg", "-pnm"],
                    ["jpegtopnm"],
                    ["magick", "jpeg:-", "pnm:-"],
                    ["convert", "jpeg:-", "pnm:-"],
                ], "converted",
                orSay:
                    "is a JPEG image, which takes libjpeg's djpeg, Netpbm's jpegtopnm or ImageMagick; install one of "
                    + "them, or convert the image to .pgm or .ppm")
        }
    }
}
