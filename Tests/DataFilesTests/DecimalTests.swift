import DataFiles
import Foundation
import Testing

/// Read by way of a CSV file, and compared with the standard library, bit by bit.
@Suite("Decimal numbers round to the nearest Double")
struct DecimalTests {
    func check(_ texts: [String]) throws {
        let text = "a,y\n" + texts.map { "\($0),0\n" }.joined()
        let table = try CSV(label: .name("y")).parse(Data(text.utf8), named: "t.csv", as: Double.self)
        for (text, found) in zip(texts, table.data.x.values) {
            let expected = try #require(Double(text))
            #expect(found.bitPattern == expected.bitPattern, "\(text)")
        }
    }

    @Test("On both sides of the middle between two neighbours, and on it")
    func halfway() throws {
        // 2^53 + 1 and its like lie in the middle; so do their multiples by powers of two and of five.
        var texts: [String] = []
        for odd in [9_007_199_254_740_993, 9_007_199_254_740_995, 13_510_798_882_111_489] as [UInt64] {
            for shift in 0..<8 {
                let middle = odd << UInt64(shift)
                texts += ["\(middle - 1)", "\(middle)", "\(middle + 1)", "\(middle).0", "\(middle)e0"]
                texts += ["\(middle).0000000000000000000000001", "\(middle - 1).9999999999999999999999999"]
            }
        }
        // A middle with a fraction: (2^52 + k) + ½.
        for k in 0..<50 as Range<UInt64> {
            let whole = (1 << 52) + k
            texts += ["\(whole).5", "\(whole).499", "\(whole).501", "\(whole)5e-1", "\(whole)500e-3"]
        }
        // Middles of quotients: odd · 2^-11 has 11 digits behind the point.
        for k in stride(from: 1, to: 400, by: 2) as StrideTo<UInt64> {
            texts.append("\(4_398_046_511_104 + k / 2048).\(String(48_828_125 * (k % 2048)).suffix(11))")
        }
        try check(texts)
    }

    @Test("Cases that are hard to round, as others collected them")
    func hard() throws {
        // V. Paxson, A Program for Testing IEEE Decimal-Binary Conversion (1991), tables of the digits
        // and powers of ten that lie nearest to a middle.
        try check([
            "5e125", "69e267", "999e-026", "7861e-034", "75569e-254", "928609e-261", "9210917e080",
            "84863171e114", "653777767e273", "5232604057e-298", "27235667517e-109", "653532977297e-123",
            "3142213164987e-294", "46202199371337e-072", "231010996856685e-073", "9324754620109615e212",
            "78459735791271921e049", "272104041512242479e200", "6802601037806061975e198",
            "20505426358836677347e-221", "836168422905420598437e-234", "4891559871276714924261e222",
            "9e-265", "85e-037", "623e100", "3571e263", "81661e153", "920657e-023", "4603285e-024",
            "87575437e-309", "245540327e122", "6138508175e120", "83356057653e193", "619534293513e124",
            "2335141086879e218", "36167929443327e-159", "609610927149051e-255", "3743626360493413e-165",
            "94080055902682397e-242", "899810892172646163e283", "7120190517612959703e120",
            "25188282901709339043e-252", "308984926168550152811e-052", "6372891218502368041059e064",
        ])
    }

    @Test("Every power of ten around the fast ways, with mantissas of every length")
    func powers() throws {
        var texts: [String] = []
        for exponent in -40...40 {
            var mantissa: UInt64 = 1
            for digit in [9, 7, 3, 1, 8, 6, 7, 4, 4, 0, 7, 3, 7, 0, 9, 5, 5, 1] as [UInt64] {
                texts.append("\(mantissa)e\(exponent)")
                mantissa = mantissa * 10 + digit
            }
            texts += ["\(mantissa)e\(exponent)", "18446744073709551615e\(exponent)", "0e\(exponent)"]
            texts += ["-9007199254740993e\(exponent)", "9007199254740992e\(exponent)"]
        }
        try check(texts)
    }

    @Test("Random digits, of every length before and behind the point")
    func random() throws {
        var generator = SystemRandomNumberGenerator()
        func digits(_ count: Int) -> String {
            String((0..<count).map { _ in Character("\(Int.random(in: 0...9, using: &generator))") })
        }
        var texts: [String] = []
        for whole in 0...21 {
            for fraction in 0...30 where whole + fraction > 0 {
                texts += [
                    "\(digits(whole)).\(digits(fraction))", "-\(digits(whole)).\(digits(fraction))e-3",
                    "0.000\(digits(fraction))1", "\(digits(whole))1e\(Int.random(in: -330...280))",
                ]
            }
        }
        try check(texts)
    }

    @Test("Doubles as they are printed come back")
    func roundTrip() throws {
        var generator = SystemRandomNumberGenerator()
        try check((0..<20_000).map { _ in "\(Double.random(in: -1...1, using: &generator))" })
    }
}
