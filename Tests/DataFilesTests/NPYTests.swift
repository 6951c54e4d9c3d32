import DataFiles
import Foundation
import Problems
import Testing

@Suite("NPY files become a data set")
struct NPYTests {
    func read<Scalar: RealScalar>(
        _ x: NPYFixture, _ y: NPYFixture, _ layout: NPY.Layout = .samplesFirst, as: Scalar.Type
    ) throws -> LabelledTable<Scalar> {
        let (xFile, yFile) = (try x.write(), try y.write())
        // The files are gone on return, and what was mapped stays.
        return try NPY(layout: layout).read(x: xFile.path, y: yFile.path)
    }

    func check<Scalar: RealScalar>(
        _ x: NPYFixture, _ y: NPYFixture = .labels([0, 1]), _ layout: NPY.Layout = .samplesFirst,
        is expected: [Scalar], m: Int = 2, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let table = try read(x, y, layout, as: Scalar.self)
        #expect(table.data.x.values == expected, sourceLocation: sourceLocation)
        #expect(table.data.m == m, sourceLocation: sourceLocation)
        #expect(table.data.y.values == Array([0, 1, 1].prefix(m)), sourceLocation: sourceLocation)
        #expect(UInt(bitPattern: table.data.x.base) % 64 == 0, sourceLocation: sourceLocation)
        withExtendedLifetime(table) {
            let padding = UnsafeRawBufferPointer(start: table.data.x.base + table.data.x.count, count: 64)
            #expect(padding.allSatisfy { $0 == 0 }, sourceLocation: sourceLocation)
        }
    }

    @Test("float32 and float64 in C order are taken as they are")
    func plain() throws {
        let floats: [Float] = [1, 2, 3, -4, 5.5, 6]
        try check(NPYFixture(floats: floats, "(2, 3)"), is: floats)
        try check(NPYFixture(floats: floats, "(2, 3)"), is: floats.map { Double($0) })
        let doubles = [0.1, -2, 1e-300, 4]
        let fixture = NPYFixture("<f8", "(2, 2)", doubles.flatMap { $0.bitPattern.bytes() })
        try check(fixture, is: doubles)
        try check(fixture, is: doubles.map { Float($0) })
    }

    @Test("Every type of numbers, in both byte orders", arguments: [false, true])
    func types(isBigEndian: Bool) throws {
        let order = isBigEndian ? ">" : "<"
        func check<Integer: FixedWidthInteger>(_ name: String, _ values: [Integer]) throws {
            let bytes = values.flatMap { $0.bytes(bigEndian: isBigEndian) }
            try self.check(NPYFixture(name, "(2, 1)", bytes), is: values.map { Double($0) })
            try self.check(NPYFixture(name, "(2, 1)", bytes), is: values.map { Float($0) })
        }
        try check("|i1", [Int8.min, 127])
        try check("|u1", [UInt8(0), 255])
        try check("|b1", [UInt8(0), 1])
        try check("\(order)i2", [Int16.min, 32767])
        try check("\(order)u2", [UInt16(1), 65535])
        try check("\(order)i4", [Int32.min, 7])
        try check("\(order)u4", [UInt32.max, 7])
        try check("\(order)i8", [Int64.min, 9_007_199_254_740_993])
        try check("\(order)u8", [UInt64.max, 7])
        // 1.5, −2, the least and the greatest float16, and the least normal one.
        let halves: [UInt16] = [0x3E00, 0xC000, 0x0001, 0x7BFF, 0x0400, 0x8000]
        try self.check(
            NPYFixture("\(order)f2", "(2, 3)", halves.flatMap { $0.bytes(bigEndian: isBigEndian) }),
            is: [1.5, -2, 0x1p-24, 65504, 0x1p-14, -0.0] as [Float])
        let floats: [Float] = [1.5, -2]
        try self.check(
            NPYFixture(
                "\(order)f4", "(2, 1)", floats.flatMap { $0.bitPattern.bytes(bigEndian: isBigEndian) }),
            is: floats)
        let doubles = [0.1, -2e300]
        try self.check(
            NPYFixture(
                "\(order)f8", "(2, 1)", doubles.flatMap { $0.bitPattern.bytes(bigEndian: isBigEndian) }),
            is: doubles)
    }

    @Test("X may be in C or Fortran order, and m × n_x or n_x × m")
    func layouts() throws {
        // Two samples of three features: 1 2 3 and 4 5 6.
        let (rows, columns): ([UInt8], [UInt8]) = ([1, 2, 3, 4, 5, 6], [1, 4, 2, 5, 3, 6])
        let expected: [Float] = [1, 2, 3, 4, 5, 6]
        try check(NPYFixture("|u1", "(2, 3)", rows), is: expected)
        try check(NPYFixture("|u1", "(2, 3)", fortran: true, columns), is: expected)
        let y = NPYFixture.labels([0, 1])
        try check(NPYFixture("|u1", "(3, 2)", columns), y, .featuresFirst, is: expected)
        try check(
            NPYFixture("|u1", "(3, 2)", fortran: true, rows), y, .featuresFirst, is: expected)
    }

    @Test("A large array in Fortran order is turned right, in whatever parts it is read")
    func largeFortran() throws {
        let (m, nx) = (20_011, 3)
        let columns = (0..<nx).flatMap { j in (0..<m).flatMap { i in Float(i * nx + j).bitPattern.bytes() } }
        let x = NPYFixture("<f4", "(\(m), \(nx))", fortran: true, columns)
        let table = try read(x, .labels((0..<m).map { UInt8($0 % 2) }), as: Float.self)
        #expect((0..<m * nx).allSatisfy { table.data.x.base[$0] == Float($0) })
    }

    @Test("X of one dimension has one feature, in either layout")
    func oneFeature() throws {
        for layout in [NPY.Layout.samplesFirst, .featuresFirst] {
            for fortran in [false, true] {
                let x = NPYFixture("|u1", "(3,)", fortran: fortran, [7, 8, 9])
                try check(x, .labels([0, 1, 1]), layout, is: [7, 8, 9] as [Double], m: 3)
            }
        }
    }

    @Test("Y may be a row, a column or a list, of any type")
    func labels() throws {
        let x = NPYFixture("|u1", "(2, 1)", [5, 6])
        for shape in ["(2,)", "(2, 1)", "(1, 2)", "(2L,)"] {
            for fortran in [false, true] {
                try check(x, NPYFixture("|u1", shape, fortran: fortran, [0, 1]), is: [5, 6] as [Float])
            }
        }
        try check(
            x, NPYFixture("<i8", "(2,)", [Int64(0), 1].flatMap { $0.bytes() }), is: [5, 6] as [Float])
        let ones = [0.0, 1.0].flatMap { $0.bitPattern.bytes() }
        try check(x, NPYFixture("<f8", "(2,)", ones), is: [5, 6] as [Float])
    }

    @Test("Versions 1, 2 and 3, spacing, quotes and the order of keys make no difference")
    func headers() throws {
        var fixture = NPYFixture(floats: [1, 2], "(2, 1)")
        for version in 1...3 as ClosedRange<UInt8> {
            fixture.version = version
            try check(fixture, is: [1, 2] as [Float])
        }
        for header in [
            "{\"shape\":(2,1),\"fortran_order\":False,\"descr\":\"<f4\"}",
            "{ 'more' : 'of it' , 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 2 , 1 , ) }  ",
        ] {
            fixture.header = header
            try check(fixture, is: [1, 2] as [Float])
        }
    }

    @Test("Files of old, whose array starts at a multiple of 16 only, are read as well", arguments: [16, 1])
    func oldAlignment(alignment: Int) throws {
        var fixture = NPYFixture(floats: [1, 2, 3, 4], "(2, 2)")
        fixture.header += "    "
        fixture.alignment = alignment
        #expect(fixture.start.count % 64 != 0)
        try check(fixture, is: [1, 2, 3, 4] as [Float])
    }

    @Test(
        "Arrays that end at, before and behind the end of a page", arguments: [-65, -64, -17, -1, 0, 1, 17])
    func pageEnds(distance: Int) throws {
        let values = (0..<(4096 - 128) / 4 + distance).map { Float($0) + 0.5 }
        let x = NPYFixture(floats: values, "(1, \(values.count))")
        #expect(x.bytes.count == 4096 + 4 * distance)
        try check(x, .labels([0]), is: values, m: 1)
    }

    @Test("Files packed by gzip read as the plain ones, whatever their name")
    func gzip() throws {
        let values = (0..<40_000).map { Float($0) + 0.5 }
        for (shape, fortran) in [("(20000, 2)", false), ("(20000, 2)", true)] {
            let x = NPYFixture("<f4", shape, fortran: fortran, values.flatMap { $0.bitPattern.bytes() })
            let plain = try x.write()
            let packedX = try TemporaryFile(Data(try packed(plain.path)))
            let labels = try NPYFixture.labels((0..<20_000).map { UInt8($0 % 2) }).write()
            let packedY = try TemporaryFile(Data(try packed(labels.path)))
            let expected = try NPY().read(x: plain.path, y: labels.path, as: Float.self)
            let found = try NPY().read(x: packedX.path, y: packedY.path, as: Float.self)
            #expect(found.data.x.values == expected.data.x.values)
            #expect(found.data.y.values == expected.data.y.values)
            #expect(expected.data.x.isMapped != fortran && !found.data.x.isMapped)
        }
    }

    @Test("What is written is read again, and laid out as NumPy lays it out")
    func encode() throws {
        let values = AlignedBuffer<Float>([1, 2, 3, 4, 5, 6])
        let bytes = NPY.encode(values, shape: [2, 3])
        #expect(bytes.count == 128 + 24)
        #expect(bytes.prefix(128) == Data(NPYFixture(floats: [], "(2, 3)").start))
        let x = try TemporaryFile(bytes)
        let y = try TemporaryFile(NPY.encode(AlignedBuffer<Double>([1, 0]), shape: [2]))
        let table = try NPY().read(x: x.path, y: y.path, as: Float.self)
        #expect(table.data.x.values == [1, 2, 3, 4, 5, 6])
        #expect(table.data.y.values == [1, 0])
        #expect(table.features == ["x1", "x2", "x3"])
    }
}
