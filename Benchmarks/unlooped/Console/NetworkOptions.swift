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
    @Option(
        "--initialize", "NAME",
        "how the weights are drawn: he, xavier, small or zero; where not given, he for "
            + "relu and leaky, else xavier", .choice)
    private var given: Initialization?

    /// The network.
    func network() throws(UsageError) -> Network {
        guard let hidden else {
            for option in [$activation, $given] where option.isGiven {
                throw UsageError("\(option.flag) is for networks; give --hidden too")
            }
            return .logistic
        }
        guard hidden.count < Network.mostLayers else {
            throw UsageError(
                "--hidden has \(hidden.count) layers; expected \(Network.mostLayers - 1) at the most")
        }
        return Network(hidden: hidden, activation: activation)
    }

    /// How the weights of the network are drawn.
    func initialization(of network: Network) -> Initialization { given ?? Initialization(for: network) }
}
