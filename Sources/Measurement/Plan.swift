/// What a run was asked to time. A run that was cut short can be continued from it.
public struct Plan: Codable, Sendable, Equatable {
    /// The preset that it follows, such as `quick`; nil where the grid was given.
    public let preset: String?

    /// The cells, in the order that they are timed in.
    public let cells: [Cell]

    /// The implementations, in the order of the ladder.
    public let rungs: [String]

    /// The peers, in the order that they were named in. Those that were not available are left out.
    public package(set) var peers: [Peer]

    /// A plan.
    public init(preset: String? = nil, cells: [Cell], rungs: [String], peers: [Peer] = []) {
        (self.preset, self.cells, self.rungs, self.peers) = (preset, cells, rungs, peers)
    }
}
