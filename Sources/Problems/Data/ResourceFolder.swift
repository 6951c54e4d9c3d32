import Foundation

/// The files that come with the program. SwiftPM copies those of each target into a folder next to the executable,
/// which `Bundle.module` would find too, but it ends the program where the folder is missing.
package enum ResourceFolder {
    /// The running program's file, wherever it was started from and by whatever name, links followed.
    package static var program: URL {
        if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            return URL(fileURLWithPath: path)
        }
        return (Bundle.main.executableURL ?? Bundle.main.bundleURL).resolvingSymlinksInPath()
    }

    /// The path of a target's file; nil where it is missing.
    ///
    /// Next to the program, or, where a runner of tests that lies elsewhere has loaded the tests as a bundle, next to
    /// that.
    package static func path(_ file: String, of target: String) -> String? {
        let bundles =
            [Bundle.main.bundleURL] + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        let folders = [program.deletingLastPathComponent()] + bundles.map { $0.resolvingSymlinksInPath() }
        let names = [
            "unlooped_\(target).resources/", "unlooped_\(target).bundle/",
            "unlooped_\(target).bundle/Contents/Resources/",
        ]
        for folder in folders {
            for name in names {
                let path = folder.appendingPathComponent(name + file).path
                if FileManager.default.fileExists(atPath: path) { return path }
            }
        }
        return nil
    }

    /// Where that file should be, to say so where it is missing.
    package static func expectedPath(_ file: String, of target: String) -> String {
        #if canImport(Darwin)
        let ending = "bundle"
        #else
        let ending = "resources"
        #endif
        return program.deletingLastPathComponent().path + "/unlooped_\(target).\(ending)/\(file)"
    }
}
