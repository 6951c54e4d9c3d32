import DataFiles
import Foundation
import Ladders
import Problems
import Study

/// `unlooped train`: gradient descent on data of one's own.
struct Train: Verb {
    static let name = "train"
    static let summary = "run gradient descent on data of your own, or on the built-in data set 'wdbc'"
    static let discussion = """
        \(DataOptions.discussion)
        With --hidden it is a network, else logistic regression.
        J and the length of the gradient are printed at 0, 1, 2, 5, 10, 20, 50, … updates and at the end.
        '--alpha auto' is 1/L for logistic regression, L being a quarter of the greatest eigenvalue of
        X̃X̃ᵀ/m, where X̃ is X with a row of ones (and λ more with --l2): with it the cost falls in every step.
        For a network no such L is known: rates are tried for \(LearningRateSearch.updates) updates each, from 8 down by
        halves, and of those with which J falls in every update the one that lowers it most is taken. That is no
        promise for the updates that follow. A cost that rises is reported, with a learning rate to try; one that
        is no number ends the run. Where J ends greater than it began, no model is kept, unless --keep-diverged
        is given (exit code 1). Ctrl-C ends it after the current step, prints what it led to and keeps the model
        so far (exit code 130).
        --history has a row for each update, with the columns updates and cost; with --validation also
        validation_cost, J of the validation set: for the first 20 updates, then each about a tenth
        later than the one before, and the last; elsewhere that is empty.
        """

    @Positional("DATA", DataOptions.help) var data: String
    private let dataOptions = DataOptions()
    private let networkOptions = NetworkOptions()
    @Option(
        "--initialize", "NAME",
        "how a network's weights are drawn: he, xavier, small or zero; where not given, "
            + "he for relu and leaky, else xavier", .choice)
    var givenInitialization: Initialization?
    @Option("--alpha", "A", "learning rate, or 'auto'", .learningRate, default: nil, shown: "auto")
    var alpha: Double?
    // The cost after each update is kept: 0.8 GB at the most.
    @Option("--iterations", "N", "the greatest number of updates", .int(in: 1...100_000_000), default: 1000)
    var iterations: Int
    @Option(.l2) var l2: Double
    @Option("--tolerance", "T", "end once an update changes J by no more than this", .notNegative)
    var tolerance: Double?
    @Option(.standardize) var standardizes: Bool
    @Option(
        "--validation", "PART",
        "samples for the validation set, such as 0.2: not trained on, of each label as many in parts",
        .fraction)
    var validation: Double?
    @Option(.seed("what the choice of these samples and the weights at the start follow from")) var seed:
        UInt64
    private let implementation = ImplementationOptions()
    @Option(.threads) var givenThreads: Int?
    private let files = TrainingFiles()
    @Option(.json) var json: Bool

    private var threads: Int { givenThreads ?? ProcessInfo.processInfo.activeProcessorCount }

    func run() throws -> ExitCode {
        let (source, network) = (try dataOptions.labelledSource(data), try networkOptions.network())
        let name = try implementation.name(for: network)
        if network.hidden.isEmpty, givenInitialization != nil {
            throw UsageError("--initialize is for networks; give --hidden too")
        }
        if let validation, !(validation > 0 && validation < 1) {
            throw UsageError(
                option: "--validation", found: $validation.given?.last ?? "",
                expected: "a part such as 20% or 0.2, more than nothing and less than all")
        }
        try files.check()
        if files.areAny { Terminal.worksOnUnread() }
        return try train(source, network, name, in: implementation.scalar.type)
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func train<Scalar: LaneScalar>(
        _ source: DataSource, _ network: Network, _ name: String?, in _: Scalar.Type
    ) throws -> ExitCode {
        if let alpha { _ = try descent(alpha) as GradientDescent<Scalar> }
        let data = try TrainingData<Scalar>.prepare(
            source, standardizes: standardizes, validation: validation, seed: seed)
        for note in data.notes { Terminal.note("\(data.source): \(note)") }
        let problem = Problem(data.training, network)
        let kind = try ImplementationChoice.type(name, for: problem, threads: threads)
        let initialization = givenInitialization ?? Initialization(for: network)
        let start = Model<Scalar>(initial: problem.shape, initialization, seed: seed)
        let prepared = kind.prepare(problem, threads: threads).penalized(l2: Scalar(l2), problem.shape)
        Interrupt.watch(patience: nil)
        let rate = try alpha ?? automaticRate(data, network, prepared, from: start)
        try MappedFiles.check()
        let job = TrainingJob<Scalar>(
            data: data, isTable: [.csv, .other, .npy].contains(source.format), validationPart: validation,
            network: network, initialization: initialization,
            seed: seed,
            implementation: kind.name, threads: threads, l2: Scalar(l2), prepared: prepared, start: start,
            descent: try descent(rate), isAutomatic: alpha == nil)
        var report = TrainingReport(job, json: json)
        report.begin()
        var curve = files.needsCurve(data) ? LearningCurve(job) : nil
        var known: (updates: Int, model: Model<Scalar>)?
        var run = job.descent.run(prepared, from: start) { updates, gradient, model in
            if data.training.x.isMapped {
                guard MappedFiles.cutShort == nil else { return false }
                known = (updates, model)
            }
            report.update(updates, gradient)
            curve?.note(updates, gradient, model)
            return gradient.J.isFinite && !Interrupt.isRequested
        }
        if let cut = MappedFiles.cutShort {
            guard let known else { return .noInput }
            run = run.ended(after: known.updates, at: known.model)
            report.progress.finish()
            Terminal.warn(
                "\(cut) has become shorter: what it held led to the model until then, and to no more")
            _ = try files.write(run, job, nil)
            return .noInput
        }
        try report.end(run)
        curve?.end(run, prepared.gradient(at: run.model))
        let isKept = try files.write(run, job, curve)
        if let curve, let path = files.report {
            try AtomicFile.write(curve.page(run).html, to: path, replacing: files.force)
            Terminal.note("the learning curve is in \(path)")
        }
        if run.hasDiverged || !isKept { return .failure }
        return run.end == .cancelled ? .interrupted : .success
    }

    /// The settings of the descent, rounded to `Scalar`.
    private func descent<Scalar: RealScalar>(_ alpha: Double) throws(UsageError) -> GradientDescent<Scalar> {
        do {
            return try GradientDescent(
                learningRate: Scalar(alpha), iterations: iterations, tolerance: tolerance.map { Scalar($0) })
        } catch {
            // They were right as `Double`.
            throw UsageError("\(error), in \(Scalar.kind.rawValue) too; use --scalar double")
        }
    }

    private func automaticRate<Scalar: RealScalar>(
        _ data: TrainingData<Scalar>, _ network: Network, _ prepared: Prepared<Scalar>,
        from start: Model<Scalar>
    ) throws -> Double {
        let rate: Double
        if network.hidden.isEmpty {
            // Nil after Ctrl-C.
            rate =
                Curvature.greatest(of: data.training) { Interrupt.isRequested }.map { 1 / ($0 + l2) } ?? 0.1
        } else {
            let found = LearningRateSearch.greatest(prepared, from: start) { Interrupt.isRequested }
            // Ctrl-C, or nothing to descend along: then any rate will do.
            let isFlat = found == nil && (Interrupt.isRequested || prepared.gradient(at: start).norm == 0)
            rate = isFlat ? 0.1 : Double(found ?? .nan)
        }
        guard rate.isFinite, rate > 0 else {
            throw InputError(
                "\(data.source): the values are so large that no learning rate follows from them; "
                    + "use --standardize, or give --alpha a number")
        }
        return rate
    }
}

/// All that a run of gradient descent follows from.
struct TrainingJob<Scalar: RealScalar> {
    let data: TrainingData<Scalar>

    /// Whether features may be of different kinds, as those of images are not.
    let isTable: Bool

    /// The part of the data that is the validation set; nil where there is none.
    let validationPart: Double?
    let network: Network
    let initialization: Initialization
    let seed: UInt64
    let implementation: String
    let threads: Int

    /// λ of the penalty.
    let l2: Scalar
    let prepared: Prepared<Scalar>
    let start: Model<Scalar>
    let descent: GradientDescent<Scalar>

    /// Whether the learning rate was not given.
    let isAutomatic: Bool

    var shape: Shape { Shape(data.training.m, data.training.nx, hidden: network.hidden) }

    /// J of a model on some data, with its penalty.
    func cost(_ model: Model<Scalar>, on data: Dataset<Scalar>) -> Double {
        model.cost(on: data, as: network) + model.penalty(l2: Double(l2), shape)
    }
}

extension Reader<Double?> {
    /// A learning rate; nil for `auto`.
    fileprivate static var learningRate: Self {
        Self { text, flag throws(UsageError) in
            text == "auto" ? nil : try Reader<Double>.positive.read(text, flag)
        }
    }
}

/// The files that `unlooped train` leaves.
struct TrainingFiles: OptionGroup {
    @Option("--model", "FILE", "keep the model, for 'predict' and 'evaluate'", .path()) var model: String?
    @Option("--history", "FILE", "write the cost after each update as CSV", .path()) var history: String?
    @Option("--report", "FILE.html", "write the learning curve and what came of it, as a page", .path())
    var report: String?
    @Option("--keep-diverged", "keep the model also where J ended greater than it began") var keepsDiverged:
        Bool
    @Option("--force", "replace these files where they exist") var force: Bool

    /// Whether any is to be left.
    var areAny: Bool { model != nil || history != nil || report != nil }

    /// Makes sure, before any work, that the files can be written, and that nothing is lost by it.
    func check() throws {
        var checked: [(flag: String, path: String)] = []
        for case (let flag, let path?) in [("--model", model), ("--history", history), ("--report", report)] {
            try AtomicFile.check(path, force: force)
            if let other = try checked.first(where: { try AtomicFile.areSame($0.path, path) }) {
                throw UsageError(
                    "\(other.flag) and \(flag) are both '\(path)'; expected two files")
            }
            checked.append((flag, path))
        }
    }

    /// Whether any of them wants the learning curve.
    func needsCurve<Scalar: RealScalar>(_ data: TrainingData<Scalar>) -> Bool {
        report != nil || history != nil && data.validation != nil
    }

    /// Writes what was requested, and says so.
    ///
    /// - Parameter curve: of the run; nil where nothing needs it.
    /// - Returns: false where a model was to be kept, and there is none that could be.
    func write<Scalar: RealScalar>(
        _ run: TrainingRun<Scalar>, _ job: TrainingJob<Scalar>, _ curve: LearningCurve<Scalar>?
    ) throws -> Bool {
        // The model first: the run was for its sake, and another file may fail.
        let isKept = try keepModel(run, job)
        if let history {
            let validated = job.data.validation == nil ? nil : curve?.course
            try AtomicFile.write(
                parts: historyRows(costs: run.costs, validated: validated), to: history, replacing: force)
        }
        return isKept
    }

    private func keepModel<Scalar: RealScalar>(
        _ run: TrainingRun<Scalar>, _ job: TrainingJob<Scalar>
    ) throws -> Bool {
        guard let model else { return true }
        let updates = "\(run.iterations) \(run.iterations == 1 ? "update" : "updates")"
        guard !run.hasDiverged || !run.finalCost.isFinite || keepsDiverged else {
            Terminal.fail(
                "no model is kept in '\(model)': after \(updates) J is greater than at the start; "
                    + "--keep-diverged keeps it all the same")
            return false
        }
        let (data, isNetwork) = (job.data, !job.network.hidden.isEmpty)
        let training = TrainedModel.Training(
            data: data.source, m: data.training.m,
            validation: data.validation.flatMap { samples in
                job.validationPart.map { .init(part: $0, seed: job.seed, m: samples.m) }
            }, implementation: job.implementation, scalar: Scalar.kind,
            alpha: Double(job.descent.learningRate), l2: job.l2 == 0 ? nil : Double(job.l2),
            initialization: isNetwork ? job.initialization : nil,
            seed: isNetwork ? job.seed : nil, iterations: run.iterations, end: run.end.rawValue,
            cost: Double(run.finalCost),
            accuracy: MappedFiles.cutShort == nil
                ? run.model.accuracy(on: data.training, as: job.network) : nil)
        let trained: TrainedModel
        do {
            trained = try TrainedModel(
                run.model, of: job.network, data.names, standardization: data.standardization,
                missing: data.missing, training: training, for: model)
        } catch {
            Terminal.fail("no model is kept in '\(model)': after \(updates) \(error.message)")
            return false
        }
        try AtomicFile.write(try trained.json(), to: model, replacing: force)
        let so = run.end == .cancelled ? "interrupted; the model so far" : "the model"
        Terminal.note("\(so), after \(updates), is in \(model)")
        return true
    }
}
