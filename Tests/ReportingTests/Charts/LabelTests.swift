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

    @Test("Lines from points to their names do not cross, where points are many")
    func leaders() {
        // As the rungs stand by lines of code and speed.
        let points: [(x: Double, y: Double)] = [
            (80, 439), (73, 341), (138, 307), (70, 208), (145, 270), (219, 242), (140, 196), (244, 242),
            (242, 195), (262, 187), (387, 142), (227, 221), (278, 202), (203, 247), (285, 189), (310, 194),
            (308, 163), (328, 160), (452, 108), (353, 157), (368, 174),
        ]
        let frame = Box(x: 60, y: 40, width: 560, height: 420)
        let boxes = Placement.boxes(
            points, sizes: points.map { _ in (width: 104, height: 19) }, frame: frame)
        let leaders = zip(points, boxes).map { Placement.leader(from: $0, to: $1) }
        #expect(leaders.count { $0 != nil } > 8)
        for (i, box) in boxes.enumerated() {
            for other in 0..<i {
                #expect(box.overlap(boxes[other]) < 1)
                guard let line = leaders[i], let second = leaders[other] else { continue }
                #expect(!line.crosses(second), "\(points[i]) and \(points[other])")
            }
        }
    }

    @Test("A name has a line where it is not next to its point")
    func leader() throws {
        let box = Box(x: 54, y: 40, width: 50, height: 20)
        #expect(Placement.leader(from: (x: 45, y: 50), to: box) == nil)
        #expect(Placement.leader(from: (x: 70, y: 31), to: box) == nil)
        let line = try #require(Placement.leader(from: (x: 20, y: 90), to: box))
        #expect(line.from == (20, 90) && line.to == (54, 50))
    }

    @Test("Lines cross where each has its ends on two sides of the other, and boxes that they run through")
    func crossing() {
        let rising = Segment(from: (0, 100), to: (100, 0))
        #expect(rising.crosses(Segment(from: (0, 0), to: (100, 100))))
        #expect(!rising.crosses(Segment(from: (0, 0), to: (40, 40))))
        #expect(!rising.crosses(Segment(from: (0, 200), to: (100, 100))))
        #expect(rising.crosses(Box(x: 30, y: 45, width: 30, height: 10)))
        #expect(!rising.crosses(Box(x: 60, y: 45, width: 30, height: 10)))
    }

    @Test("A point alone has its name to the right")
    func alone() throws {
        let frame = Box(x: 0, y: 0, width: 500, height: 400)
        let box = try #require(
            Placement.boxes([(x: 50, y: 50)], sizes: [(width: 100, height: 20)], frame: frame).first)
        #expect(box == Box(x: 58, y: 40, width: 100, height: 20))
    }
}
