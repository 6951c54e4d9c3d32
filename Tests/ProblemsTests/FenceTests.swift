import Problems
import Testing

@Suite("Fences")
struct FenceTests {
    @Test("A fenced buffer is laid out as any other", arguments: [Fence.before, .behind])
    func layout(_ fence: Fence) {
        Fence.with(fence) {
            for count in [0, 1, 15, 16, 17, 1000, 1024, 5000] {
                for _ in 0..<3 {
                    let buffer = AlignedBuffer<Double>(zeros: count)
                    #expect(UInt(bitPattern: buffer.base) % 64 == 0 && !buffer.isMapped)
                    // Also where the memory was another buffer's before.
                    let bytes = UnsafeMutableRawBufferPointer(start: buffer.base, count: buffer.byteCount)
                    #expect(bytes.allSatisfy { $0 == 0 })
                    bytes.initializeMemory(as: UInt8.self, repeating: 0xff)
                }
            }
        }
    }

    @Test("The pages next to a fenced buffer cannot be touched")
    func pages() async {
        await #expect(processExitsWith: .failure) {
            let buffer = Fence.with(.before) { AlignedBuffer<Float>(zeros: 3) }
            #expect(buffer.base[-1] == 0)
        }
        await #expect(processExitsWith: .failure) {
            Fence.with(.behind) { AlignedBuffer<Float>(zeros: 16) }.base[32] = 1
        }
    }

    @Test("What lies outside of the padding is not fenced in elsewhere")
    func elsewhere() async {
        await #expect(processExitsWith: .success) {
            let fenced = Fence.with(.behind) { AlignedBuffer<Float>(zeros: 16) }
            #expect(fenced.base[31] == 0)
            // On the other side, and without a fence.
            #expect(fenced.base[-1] == 0)
            #expect(AlignedBuffer<Float>(zeros: 16).base[31] == 0)
        }
    }
}
