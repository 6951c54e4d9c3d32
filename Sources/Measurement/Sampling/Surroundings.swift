import Foundation

/// The conditions of a block besides the data, which may be why its times differ from those of another block. All of
/// it is counted while the block was timed, and comes from /proc and /sys of Linux, or from `getrusage`.
package struct Conditions: Codable, Sendable, Equatable {
    /// Pages that this program touched for the first time; those of them that had to be read from a file.
    package let minorFaults, majorFaults: Int
    /// How often a thread of this program lost its processor to another one.
    package let involuntarySwitches: Int
    /// How long other programs worked on the processors that this one may use, in seconds; nil where unknown. This
    /// program, its peers and what it waits for are not counted.
    package let othersSeconds: Double?
    /// How long the host of a virtual machine kept its processors for itself, in seconds; nil where unknown.
    package let stolenSeconds: Double?
    /// The clock rate of the processors in the end, the median; nil where it cannot be seen.
    package let hertz: Double?

    package init(
        minorFaults: Int, majorFaults: Int, involuntarySwitches: Int, othersSeconds: Double?,
        stolenSeconds: Double?, hertz: Double?
    ) {
        (self.minorFaults, self.majorFaults) = (minorFaults, majorFaults)
        (self.involuntarySwitches, self.othersSeconds) = (involuntarySwitches, othersSeconds)
        (self.stolenSeconds, self.hertz) = (stolenSeconds, hertz)
    }
}

/// The counters of this program and of the system at one moment.
package struct Surroundings {
    /// Processor time in seconds, of all programs on the processors that this one may use.
    package struct Processors: Sendable, Equatable {
        package let busySeconds, stolenSeconds: Double

        /// From the text of /proc/stat: a line such as `cpu0 1675 5 951 6293 48 0 11 56 0 0` for each processor has
        /// the time for user, nice, system, idle, waiting, interrupts, soft interrupts and steal. Nil where none
        /// of the processors is there.
        ///
        /// - Parameter ticks: the unit is 1/ticks of a second.
        package init?(_ text: String, processors: Set<Int>, ticks: Double) {
            var (busy, stolen, isFound) = (0.0, 0.0, false)
            for line in text.split(separator: "\n") where line.hasPrefix("cpu") {
                let words = line.split(separator: " ")
                let times = words.dropFirst().compactMap { Double($0) }
                guard let number = Int(words[0].dropFirst(3)), processors.contains(number), times.count >= 8
                else { continue }
                busy += times[0] + times[1] + times[2] + times[5] + times[6]
                (stolen, isFound) = (stolen + times[7], true)
            }
            guard isFound else { return nil }
            (busySeconds, stolenSeconds) = (busy / ticks, stolen / ticks)
        }
    }

    private let usage: rusage
    private let processors: Processors?
    private let ownSeconds: Double

    /// - Parameter peersSeconds: the processor time that programs which belong to this one have used so far.
    package static func now(peersSeconds: Double = 0) -> Surroundings {
        let stat = try? String(contentsOfFile: "/proc/stat", encoding: .utf8)
        return Surroundings(
            usage: .ofThisProcess,
            processors: stat.flatMap {
                Processors($0, processors: usable, ticks: Double(sysconf(Int32(_SC_CLK_TCK))))
            }, ownSeconds: Double(ProcessorClock.nanoseconds) / 1e9 + peersSeconds)
    }

    /// The conditions from an earlier moment until this one.
    package func conditions(since start: Surroundings) -> Conditions {
        // The system counts in hundredths of a second, so that a short time may come out below 0.
        let others = processors.flatMap { now in
            start.processors.map {
                max(0, now.busySeconds - $0.busySeconds - (ownSeconds - start.ownSeconds))
            }
        }
        let stolen = processors.flatMap { now in
            start.processors.map { now.stolenSeconds - $0.stolenSeconds }
        }
        return Conditions(
            minorFaults: Int(usage.ru_minflt - start.usage.ru_minflt),
            majorFaults: Int(usage.ru_majflt - start.usage.ru_majflt),
            involuntarySwitches: Int(usage.ru_nivcsw - start.usage.ru_nivcsw),
            othersSeconds: others, stolenSeconds: stolen, hertz: Self.hertz)
    }

    /// The processors that this program may use.
    private static let usable: Set<Int> = {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
        return numbers(String(line?.split(separator: "\t").last ?? ""))
    }()

    /// The numbers in a list such as `0-3,8`.
    package static func numbers(_ list: String) -> Set<Int> {
        Set(
            list.split(separator: ",").flatMap { part -> [Int] in
                let ends = part.split(separator: "-").compactMap { Int($0) }
                guard let low = ends.first, let high = ends.last, low <= high, high < 1 << 16 else {
                    return []
                }
                return Array(low...high)
            })
    }

    private static var hertz: Double? {
        Statistics.median(
            usable.compactMap { processor in
                let path = Machine.processorFolder + "cpu\(processor)/cpufreq/scaling_cur_freq"
                return Machine.line(path).flatMap { Double($0) }.map { $0 * 1000 }
            })
    }
}

extension rusage {
    static var ofThisProcess: rusage {
        var usage = rusage()
        getrusage(.init(0), &usage)  // RUSAGE_SELF, whose type is not everywhere that of the argument
        return usage
    }
}

/// How long the threads of a process could have worked, but waited for a processor, each since it began: the second
/// number in /proc/…/task/…/schedstat of Linux, in nanoseconds.
package struct WaitingTimes {
    private var byThread: [Int: Int] = [:]

    /// Nil where the system does not report them.
    ///
    /// - Parameter process: its number; nil for this one.
    package init?(of process: pid_t? = nil) {
        #if os(Linux)
        let path = "/proc/\(process.map { "\($0)" } ?? "self")/task"
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var text = [UInt8](repeating: 0, count: 128)
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let thread = Int(name) else { continue }
            let file = open("\(path)/\(name)/schedstat", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { continue }  // A thread that has ended since.
            defer { close(file) }
            let count = read(file, &text, text.count)
            let words = text.prefix(max(0, count)).split(separator: UInt8(ascii: " "))
            if words.count > 1 { byThread[thread] = Int(String(decoding: words[1], as: UTF8.self)) }
        }
        if byThread.isEmpty { return nil }
        #else
        return nil
        #endif
    }

    /// Nanoseconds since an earlier moment, of all threads together.
    package func since(_ earlier: WaitingTimes) -> Int {
        byThread.reduce(0) { $0 + max(0, $1.value - (earlier.byThread[$1.key] ?? 0)) }
    }
}
