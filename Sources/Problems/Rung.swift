/// What a rung of the ladder is called, what it builds on, and what it changes.
public struct Rung: Sendable, Hashable {
    /// `family.variant`, as users name it.
    public let name: String

    /// The rung that this one builds on; nil at the foot of the ladder.
    public let after: String?

    /// The one thing that it changes, in a few words.
    public let idea: String

    /// Why that should make it faster, or what it costs, in a sentence or two; nil where it is not said.
    public let why: String?

    /// How it sums over samples, which decides how far it may be off.
    public let sums: Summation

    /// How it stores X. One that rounds X makes the step of other data, a little off: it is never compared with
    /// the others as one of them.
    public let storage: Storage

    /// Whether it uses several threads.
    public let isThreaded: Bool

    /// A rung; names are `family.variant`.
    public init(
        _ name: String, after: String?, idea: String, why: String? = nil, sums: Summation,
        storage: Storage = .scalar, isThreaded: Bool = false
    ) {
        (self.name, self.after, self.idea, self.why) = (name, after, idea, why)
        (self.sums, self.storage, self.isThreaded) = (sums, storage, isThreaded)
    }

    /// The part of the name before the dot: `loops`, `arrays`, `simd` or `dispatch`.
    public var family: String { String(name.prefix { $0 != "." }) }
}
