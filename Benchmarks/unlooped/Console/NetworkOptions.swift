import Problems

extension Reader<[Int]> {
    /// The units of each hidden layer.
    static var hidden: Self {
        Self { text, flag throws(UsageError) in
            let hidden = try Self.ints(in: 1...Network.mostUnits).read(text, flag)
            guard hidden.count < Network.mostLayers else {
                throw UsageError(
                    "\(flag) has \(hidden.count) layers; expected \(Network.mostLayers - 1) at the most")
            }
            return hidden
        }
    }
}

extension Option<Activation> {
    static var activation: Self {
        Self(
            "--activation", "NAME", "of the hidden layers: relu, leaky, tanh, sigmoid, or linear", .choice,
            default: .relu, shown: "relu")
    }
}

/// Which network it is, or logistic regression where no hidden layers are given.
struct NetworkOptions: OptionGroup {
    @Option(
        "--hidden", "LIST",
        "units of each hidden layer, such as 128 or 64,32: a network; without it, "
            + "logistic regression", .hidden)
    var hidden: [Int]?
    @Option(.activation) var activation: Activation

    /// The network.
    func network() throws(UsageError) -> Network {
        guard let hidden else {
            try $activation.checkIsForNetwork()
            return .logistic
        }
        return Network(hidden: hidden, activation: activation)
    }
}

/// Networks in place of logistic regression.
struct NetworksOptions: OptionGroup {
    @Option(
        repeating: "--hidden", "LIST",
        "time a network: units of each hidden layer, such as 128 or 64,32; may be repeated",
        Reader { text, flag throws(UsageError) in [try Reader<[Int]>.hidden.read(text, flag)] })
    private var hidden: [[Int]]
    @Option(.activation) private var activation: Activation

    /// The networks; none where logistic regression is meant.
    func networks() throws(UsageError) -> [Network] {
        if hidden.isEmpty { try $activation.checkIsForNetwork() }
        return hidden.map { Network(hidden: $0, activation: activation) }
    }
}

extension AnyOption {
    /// Makes sure that it is not given where there is no network.
    fileprivate func checkIsForNetwork() throws(UsageError) {
        if isGiven { throw UsageError("\(flag) is for networks; give --hidden too") }
    }
}
