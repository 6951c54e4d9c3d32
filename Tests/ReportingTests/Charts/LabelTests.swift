import Testing

import Reporting

@Suite("Labels keep out of each other's way")
struct LabelTests {
    private func places(_ wanted: [Double], within range: ClosedRange<Double> = 0...1000) -> [Double] {
        Spread.places(wanted: wanted, lengths: wanted.map { _ in 20 }, within: range)
    }

    @Test("Labels with room stay where they want to be")
    func free() {
        #expect(places([300, 100, 200]) == [300, 100, 200])
        #expect(places([]).isEmpty)
    }

    @Test("Labels that want the same place stand around it, in order")
    func together() {
        #expect(places([100, 100, 100]) == [80, 100, 120])
        #expect(places([105, 100, 500]) == [112.5, 92.5, 500])
    }

    @Test("Labels of different lengths are half of both apart")
    func lengths() {
        let places = Spread.places(wanted: [50, 50], lengths: [10, 30], within: 0...100)
        #expect(places == [40, 60])
    }

    @Test("Labels stay within their range, and do not overlap even where it is too short")
    func range() {
        #expect(places([5, 2, 990, 999]) == [30, 10, 970, 990])
        let crowded = places([0, 0, 0, 0], within: 0...50)
        #expect(zip(crowded, crowded.dropFirst()).allSatisfy { $1 - $0 >= 20 })
    }

    @Test("Names of points cover neither each other nor points, nor leave the frame")
    func points() {
        let frame = Box(x: 0, y: 0, width: 500, height: 400)
        let points = [(100.0, 100.0), (104, 102), (110, 95), (480, 20), (490, 390), (5, 200), (250, 200)]
        let sizes = points.map { _ in (width: 120.0, height: 20.0) }
        let boxes = Placement.boxes(points.map { (x: $0.0, y: $0.1) }, sizes: sizes, frame: frame)
        for (i, box) in boxes.enumerated() {
            #expect((box.overlap(frame) - 120 * 20).magnitude < 1e-6)
            for other in boxes[..<i] { #expect(box.overlap(other) == 0) }
            for (x, y) in points {
                #expect(box.overlap(Box(x: x - 3, y: y - 3, width: 6, height: 6)) == 0)
            }
        }
    }

    @Test("A point alone has its name to the right")
    func alone() throws {
        let frame = Box(x: 0, y: 0, width: 500, height: 400)
        let box = try #require(
            Placement.boxes([(x: 50, y: 50)], sizes: [(width: 100, height: 20)], frame: frame).first)
        #expect(box == Box(x: 58, y: 40, width: 100, height: 20))
    }
}
