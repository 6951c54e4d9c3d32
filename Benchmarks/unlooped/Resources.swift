import Foundation

/// The files that come with the program. SwiftPM puts them into a folder beside the executable;
/// `Bundle.module` would find it too, but ends the program where it is missing.
enum Resources {
    /// The path of `name` in Data.
    static func data(_ name: String) throws(ResourceError) -> String {
        let folder = Executable.file.deletingLastPathComponent()
        let places = ["unlooped_unlooped.resources", "unlooped_unlooped.bundle"].map { bundle in
            folder.appendingPathComponent(bundle).appendingPathComponent("Data").appendingPathComponent(name)
                .path
        }
        if let found = places.first(where: FileManager.default.fileExists(atPath:)) { return found }
        throw ResourceError(name: name, expected: places[0])
    }
}

/// A file that should have come with the program, but is not there.
struct ResourceError: ExitingError {
    /// The file's name.
    let name: String

    /// Where it should be.
    let expected: String

    /// Input that cannot be read.
    var exitCode: ExitCode { .noInput }

    /// What is missing, where it was looked for, and what to do.
    var description: String {
        """
        the built-in file '\(name)' is missing; expected it at '\(expected)'. \
        Keep the executable in the folder that it was built in, with its .resources folders, or link to it
        """
    }
}
