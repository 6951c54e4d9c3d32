import Problems
import Testing

@Suite("How many additions a term goes through")
struct SummationTests {
    @Test("A running sum of m terms has m", arguments: [1, 2, 1000])
    func running(m: Int) {
        #expect(Summation.running.additions(m: m) == m)
    }

    @Test("Blocks have their size and the number of blocks")
    func blocks() {
        #expect(Summation.blocks(16).additions(m: 1600) == 16 + 100)
        #expect(Summation.blocks(16).additions(m: 1601) == 16 + 101)
        // 16 in a block, 64 blocks in a span of 1024, and then the spans
        #expect(Summation.blocks(16, 1024).additions(m: 10 * 1024) == 16 + 64 + 10)
        #expect(Summation.blocks(16, 1024).additions(m: 10 * 1024 + 1) == 16 + 64 + 11)
    }

    @Test("Parts add one addition for each part but the first")
    func parts() {
        let whole = Summation.blocks(16, 1024)
        #expect(whole.split(intoAtMost: 64).additions(m: 1 << 20) == whole.additions(m: 1 << 20) + 63)
        #expect(whole.split(intoAtMost: 1) == whole)
    }

    @Test("It is never more than m, and never less for more terms")
    func bounds() {
        let all: [Summation] = [
            .running, .blocks(16), .blocks(16, 1024), .blocks(8, 1024).split(intoAtMost: 64),
            Summation.running.split(intoAtMost: 64),
        ]
        for summation in all {
            let k = (1...3000).map { summation.additions(m: $0) }
            #expect(zip(1...3000, k).allSatisfy { 1 <= $1 && $1 <= $0 }, "\(summation)")
            #expect(zip(k, k.dropFirst()).allSatisfy { $0 <= $1 }, "\(summation)")
        }
    }

    @Test("It says in a few words what it is")
    func description() {
        #expect("\(Summation.running)" == "running sum")
        #expect("\(Summation.blocks(16, 1024))" == "blocks of 16, of 1024")
        #expect("\(Summation.blocks(16).split(intoAtMost: 2))" == "blocks of 16, in parts")
    }
}
