import Problems

/// The plan of a run, from which one that was cut short can be continued.
package struct Plan: Codable, Sendable, Equatable {
    /// The preset that it follows, such as `quick`; nil where the grid was given.
    package let preset: String?
    /// The cells, in the order that they are timed in.
    package let cells: [Cell]
    /// The implementations, in the order of the ladder.
    package let rungs: [String]
    /// Where the data of cells with a name come from, as written on the command line: the data, then the
    /// options for reading them; nil where all data are random.
    package let data: [String]?
    /// A hash of the files of these data; nil where none was made, as of a folder.
    package let dataFingerprint: String?
    /// The peers, in the order that they were named in. Those that were not available are left out.
    package var peers: [Peer]
    /// The variables of the environment that peers were started without, since they have a library take other code
    /// than it takes by itself, as `NAME=value`; nil where there were none.
    package var removedVariables: [String]?

    package init(
        preset: String? = nil, cells: [Cell], rungs: [String], data: [String]? = nil,
        dataFingerprint: String? = nil, peers: [Peer] = []
    ) {
        (self.preset, self.cells, self.rungs) = (preset, cells, rungs)
        (self.data, self.dataFingerprint, self.peers) = (data, dataFingerprint, peers)
    }
}

/// A program in another language that makes the same step, in the same rounds as the implementations.
package struct Peer: Codable, Sendable, Hashable {
    /// Its name in results: the one that it gives itself, followed by a number where two give the same.
    package let name: String
    /// The command that starts it: the name of one that comes with the study, or a command line.
    package let command: String
    /// The libraries, compilers and languages that it says it is made with, and their versions.
    package let version: String
    /// Whether it works with several threads. One that does not takes part in cells of one thread only.
    package let isThreaded: Bool

    package init(name: String, command: String, version: String, isThreaded: Bool) {
        (self.name, self.command, self.version) = (name, command, version)
        self.isThreaded = isThreaded
    }

    /// The rung in its place: judged as if it added everything in one running sum, the loosest bound of all.
    package var rung: RungInfo { RungInfo(name, after: nil, version, sums: .running, isThreaded: isThreaded) }
}
