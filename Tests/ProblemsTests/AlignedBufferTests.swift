import Problems
import Testing

@Suite("A buffer is laid out for vector loads")
struct AlignedBufferTests {
    @Test("It starts at a multiple of 64 bytes", arguments: [0, 1, 3, 16, 17, 1000])
    func alignment(count: Int) {
        let kept = (0..<20).map { _ in AlignedBuffer<Float>(zeros: count) }
        for buffer in kept { #expect(UInt(bitPattern: buffer.base) % 64 == 0) }
    }

    @Test("A large one starts at a multiple of 2 MiB")
    func largeAlignment() {
        let buffer = AlignedBuffer<Double>(zeros: 1 << 19)
        #expect(buffer.byteCount >= 4 << 20)
        #expect(UInt(bitPattern: buffer.base) % (2 << 20) == 0)
        #expect(buffer.base[(1 << 19) - 1] == 0)
    }

    @Test("It holds zeros, and 64 bytes of zeros behind them", arguments: [0, 1, 15, 16, 33])
    func zeros(count: Int) {
        let buffer = AlignedBuffer<Double>(zeros: count)
        let bytes = UnsafeRawBufferPointer(start: buffer.base, count: buffer.byteCount)
        #expect(buffer.byteCount == count * 8 + 64)
        #expect(bytes.allSatisfy { $0 == 0 })
    }

    @Test("A copy has the values, and zeros behind them")
    func copy() {
        let values = (1...33).map { Float($0) }
        let buffer = AlignedBuffer(values)
        #expect(buffer.count == 33)
        #expect(Array(buffer.elements) == values)
        #expect((33..<49).allSatisfy { buffer.base[$0] == 0 })
    }
}
