/// What a run was asked to time. A run that was cut short can be continued from it.
public struct Plan: Codable, Sendable, Equatable {
    /// The preset that it follows, such as `quick`; nil where the grid was given.
    public let preset: String?

    /// The cells, in the order that they are timed in.
    public let cells: [Cell]

    /// The implementations, in the order of the ladder.
    public let rungs: [String]

    /// Where the data of cells with a name come from, as one would write it on the command line: first what
    /// they are, then the options that say how they are read; nil where all data are random.
    public let data: [String]?

    /// A hash of the files that these are; nil where none was made, as of a folder.
    public let dataFingerprint: String?

    /// The peers, in the order that they were named in. Those that were not available are left out.
    public package(set) var peers: [Peer]

    /// A plan.
    public init(
        preset: String? = nil, cells: [Cell], rungs: [String], data: [String]? = nil,
        dataFingerprint: String? = nil, peers: [Peer] = []
    ) {
        (self.preset, self.cells, self.rungs) = (preset, cells, rungs)
        (self.data, self.dataFingerprint, self.peers) = (data, dataFingerprint, peers)
    }
}
