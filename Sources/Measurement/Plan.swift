/// What a run was asked to time. A run that was cut short can be continued from it.
package struct Plan: Codable, Sendable, Equatable {
    /// The preset that it follows, such as `quick`; nil where the grid was given.
    package let preset: String?

    /// The cells, in the order that they are timed in.
    package let cells: [Cell]

    /// The implementations, in the order of the ladder.
    package let rungs: [String]

    /// Where the data of cells with a name come from, as one would write it on the command line: first what
    /// they are, then the options that say how they are read; nil where all data are random.
    package let data: [String]?

    /// A hash of the files that these are; nil where none was made, as of a folder.
    package let dataFingerprint: String?

    /// The peers, in the order that they were named in. Those that were not available are left out.
    package var peers: [Peer]

    /// A plan.
    package init(
        preset: String? = nil, cells: [Cell], rungs: [String], data: [String]? = nil,
        dataFingerprint: String? = nil, peers: [Peer] = []
    ) {
        (self.preset, self.cells, self.rungs) = (preset, cells, rungs)
        (self.data, self.dataFingerprint, self.peers) = (data, dataFingerprint, peers)
    }
}
