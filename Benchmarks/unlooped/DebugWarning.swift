/// The warning that no one should miss.
enum DebugWarning {
    /// Warns where times would say nothing.
    static func give() {
        #if DEBUG
        Terminal.warn(
            "THIS IS A DEBUG BUILD, up to 100 times slower: its times say nothing; use 'swift run -c release unlooped'"
        )
        #endif
    }
}
