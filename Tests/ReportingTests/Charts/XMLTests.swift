import Testing

import Reporting

@Suite("Texts cannot break out of XML")
struct XMLTests {
    @Test("Marks of XML are escaped, in elements and attributes")
    func marks() {
        #expect(
            XML.escaped("<script>alert(\"1\" & '2')</script>")
                == "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;")
    }

    @Test("Other texts stay as they are")
    func others() { #expect(XML.escaped("nₓ = 12\u{202F}288 × 🙂\n") == "nₓ = 12\u{202F}288 × 🙂\n") }

    @Test("What XML cannot hold is replaced")
    func forbidden() {
        #expect(XML.escaped("a\u{0}b\u{1B}c\u{FFFE}") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}")
    }
}
