import Problems

/// Which network it is, or logistic regression where no hidden layers are given.
struct NetworkOptions: OptionGroup {
    @Option(
        "--hidden", "LIST",
        "units of each hidden layer, such as 128 or 64,32: a network; without it, "
            + "logistic regression", .ints(in: 1...Network.mostUnits))
    var hidden: [Int]?
    @Option(
        "--activation", "NAME", "of the hidden layers: relu, leaky, tanh, sigmoid, or linear", .choice,
        default: .relu, shown: "relu")
    var activation: Activation
    /// The network.
    func network() throws(UsageError) -> Network {
        guard let hidden else {
            guard !$activation.isGiven else {
                throw UsageError("--activation is for networks; give --hidden too")
            }
            return .logistic
        }
        guard hidden.count < Network.mostLayers else {
            throw UsageError(
                "--hidden has \(hidden.count) layers; expected \(Network.mostLayers - 1) at the most")
        }
        return Network(hidden: hidden, activation: activation)
    }
}
